CREATE TABLE change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at VARCHAR(27) NOT NULL, 
	actor_id INTEGER, 
	actor_name TEXT NOT NULL, 
	door VARCHAR(16) NOT NULL, 
	reason TEXT, 
	request_id VARCHAR(64), 
	undoes INTEGER, 
	CONSTRAINT uq_change_at UNIQUE (at), 
	CONSTRAINT fk_change_undoes FOREIGN KEY(undoes) REFERENCES change (id)
)

-- next statement --

CREATE INDEX ix_change_actor_id ON change (actor_id)

-- next statement --

CREATE INDEX ix_change_undoes ON change (undoes)

-- next statement --

CREATE TABLE change_open (
	slot INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_change_open PRIMARY KEY (slot), 
	CONSTRAINT ck_change_open_one_row CHECK (slot = 1)
)

-- next statement --

CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	login VARCHAR(120) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	role VARCHAR(24) NOT NULL, 
	everywhere BOOLEAN NOT NULL, 
	lang VARCHAR(2), 
	password_hash TEXT, 
	active BOOLEAN NOT NULL, 
	created_at VARCHAR(27) NOT NULL, 
	disabled_at VARCHAR(27), 
	version INTEGER NOT NULL, 
	CONSTRAINT uq_person_login UNIQUE (login)
)

-- next statement --

CREATE TABLE sign_in_attempt (
	id INTEGER NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	login_hash VARCHAR(64) NOT NULL, 
	address VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_sign_in_attempt PRIMARY KEY (id)
)

-- next statement --

CREATE INDEX ix_sign_in_attempt_address ON sign_in_attempt (address, at)

-- next statement --

CREATE INDEX ix_sign_in_attempt_at ON sign_in_attempt (at)

-- next statement --

CREATE INDEX ix_sign_in_attempt_login ON sign_in_attempt (login_hash, at)

-- next statement --

CREATE TABLE security_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at VARCHAR(27) NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	person_id INTEGER, 
	login VARCHAR(120), 
	actor_id INTEGER, 
	detail TEXT NOT NULL
)

-- next statement --

CREATE INDEX ix_security_entry_at ON security_entry (at)

-- next statement --

CREATE INDEX ix_security_entry_person_id ON security_entry (person_id)

-- next statement --

CREATE TABLE record_history (
	id INTEGER NOT NULL, 
	kind VARCHAR(24), 
	"key" VARCHAR(120), 
	name_cs TEXT, 
	name_en TEXT, 
	order_cs BLOB, 
	order_en BLOB, 
	note_cs TEXT, 
	note_en TEXT, 
	placeholder BOOLEAN, 
	certainty VARCHAR(16), 
	confidential BOOLEAN, 
	responsible_id INTEGER, 
	reference VARCHAR(120), 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_record_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_record_kind_order_cs_history ON record_history (kind, order_cs, id, change_from, change_to)

-- next statement --

CREATE INDEX ix_record_kind_order_en_history ON record_history (kind, order_en, id, change_from, change_to)

-- next statement --

CREATE INDEX ix_record_responsible_history ON record_history (responsible_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_record_history_open ON record_history (id) WHERE change_to IS NULL

-- next statement --

CREATE INDEX uq_record_key_history ON record_history ("key", change_from, change_to)

-- next statement --

CREATE TABLE country_history (
	id INTEGER NOT NULL, 
	iso2 VARCHAR(2), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_country_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_country_history_open ON country_history (id) WHERE change_to IS NULL

-- next statement --

CREATE INDEX uq_country_iso2_history ON country_history (iso2, change_from, change_to)

-- next statement --

CREATE TABLE document_history (
	id INTEGER NOT NULL, 
	origin VARCHAR(16), 
	address TEXT, 
	file_name VARCHAR(200), 
	publisher TEXT, 
	language VARCHAR(3), 
	dated_edtf VARCHAR(64), 
	dated_from DATE, 
	dated_to DATE, 
	retrieved_edtf VARCHAR(64), 
	retrieved_from DATE, 
	retrieved_to DATE, 
	body TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_document_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_document_address_history ON document_history (address, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_document_history_open ON document_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE framework_history (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	parent_id INTEGER, 
	status VARCHAR(24), 
	launched_edtf VARCHAR(64), 
	launched_from DATE, 
	launched_to DATE, 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	ended_edtf VARCHAR(64), 
	ended_from DATE, 
	ended_to DATE, 
	cz_role_cs TEXT, 
	cz_role_en TEXT, 
	description_cs TEXT, 
	description_en TEXT, 
	website TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_framework_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_framework_parent_id_history ON framework_history (parent_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_framework_history_open ON framework_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE link_history (
	id INTEGER NOT NULL, 
	from_id INTEGER, 
	to_id INTEGER, 
	relation VARCHAR(24), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_link_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_link_from_id_history ON link_history (from_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_link_to_id_history ON link_history (to_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_link_history_open ON link_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE participation_history (
	id INTEGER NOT NULL, 
	within_id INTEGER, 
	participant_id INTEGER, 
	role VARCHAR(24), 
	role_cs TEXT, 
	role_en TEXT, 
	position INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_participation_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_participation_participant_id_history ON participation_history (participant_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_participation_within_history ON participation_history (within_id, role, participant_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_participation_history_open ON participation_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE statement_history (
	id INTEGER NOT NULL, 
	record_id INTEGER, 
	field VARCHAR(48), 
	value TEXT, 
	value_cs TEXT, 
	value_en TEXT, 
	precision VARCHAR(16), 
	precision_note_cs TEXT, 
	precision_note_en TEXT, 
	certainty VARCHAR(16), 
	leading BOOLEAN, 
	reason TEXT, 
	position INTEGER, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_statement_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_statement_record_field_history ON statement_history (record_id, field, position, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_statement_history_open ON statement_history (id) WHERE change_to IS NULL

-- next statement --

CREATE INDEX uq_statement_leading_history ON statement_history (record_id, field, change_from, change_to) WHERE "leading"

-- next statement --

CREATE TABLE status_update_history (
	id INTEGER NOT NULL, 
	of_id INTEGER, 
	author_id INTEGER, 
	held_on_edtf VARCHAR(64), 
	held_on_from DATE, 
	held_on_to DATE, 
	written_on DATE, 
	light VARCHAR(8), 
	status VARCHAR(2), 
	happened TEXT, 
	next_steps TEXT, 
	lang VARCHAR(2), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_status_update_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_status_update_of_history ON status_update_history (of_id, written_on, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_status_update_history_open ON status_update_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE theme_history (
	id INTEGER NOT NULL, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_theme_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_theme_history_open ON theme_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE citation_history (
	id INTEGER NOT NULL, 
	statement_id INTEGER, 
	document_id INTEGER, 
	place TEXT, 
	quotation TEXT, 
	quotation_lang VARCHAR(3), 
	verbatim BOOLEAN, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_citation_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_citation_document_id_history ON citation_history (document_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_citation_statement_id_history ON citation_history (statement_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_citation_history_open ON citation_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE organisation_history (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	type_code VARCHAR(4), 
	abbreviation VARCHAR(40), 
	ref VARCHAR(80), 
	channel_code VARCHAR(16), 
	country_id INTEGER, 
	parent_id INTEGER, 
	founded_edtf VARCHAR(64), 
	founded_from DATE, 
	founded_to DATE, 
	seat TEXT, 
	website TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_organisation_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_organisation_country_id_history ON organisation_history (country_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_organisation_parent_id_history ON organisation_history (parent_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_organisation_history_open ON organisation_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE project_history (
	id INTEGER NOT NULL, 
	framework_id INTEGER, 
	umbrella_id INTEGER, 
	acronym VARCHAR(40), 
	full_title_cs TEXT, 
	full_title_en TEXT, 
	description_cs TEXT, 
	description_en TEXT, 
	cz_role_cs TEXT, 
	cz_role_en TEXT, 
	status VARCHAR(2), 
	status_basis VARCHAR(12), 
	status_on_edtf VARCHAR(64), 
	status_on_from DATE, 
	status_on_to DATE, 
	planned_start_edtf VARCHAR(64), 
	planned_start_from DATE, 
	planned_start_to DATE, 
	actual_start_edtf VARCHAR(64), 
	actual_start_from DATE, 
	actual_start_to DATE, 
	planned_end_edtf VARCHAR(64), 
	planned_end_from DATE, 
	planned_end_to DATE, 
	actual_end_edtf VARCHAR(64), 
	actual_end_from DATE, 
	actual_end_to DATE, 
	light VARCHAR(8), 
	light_on DATE, 
	reported_on DATE, 
	website TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_project_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_project_framework_id_history ON project_history (framework_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_project_reported_on_history ON project_history (reported_on, change_from, change_to)

-- next statement --

CREATE INDEX ix_project_status_history ON project_history (status, id, change_from, change_to)

-- next statement --

CREATE INDEX ix_project_umbrella_id_history ON project_history (umbrella_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_project_history_open ON project_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE instrument_history (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	owner_id INTEGER, 
	legal_basis TEXT, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	envelope_minor BIGINT, 
	envelope_currency VARCHAR(3), 
	envelope_mark VARCHAR(12), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_instrument_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_instrument_owner_id_history ON instrument_history (owner_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_instrument_history_open ON instrument_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE project_country_history (
	project_id INTEGER NOT NULL, 
	country_id INTEGER NOT NULL, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_project_country_history PRIMARY KEY (project_id, country_id, change_from)
)

-- next statement --

CREATE INDEX ix_project_country_country_id_history ON project_country_history (country_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_project_country_history_open ON project_country_history (project_id, country_id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE project_framework_history (
	project_id INTEGER NOT NULL, 
	framework_id INTEGER NOT NULL, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_project_framework_history PRIMARY KEY (project_id, framework_id, change_from)
)

-- next statement --

CREATE INDEX ix_project_framework_framework_id_history ON project_framework_history (framework_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_project_framework_history_open ON project_framework_history (project_id, framework_id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE project_sector_history (
	project_id INTEGER NOT NULL, 
	sector_code VARCHAR(8) NOT NULL, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_project_sector_history PRIMARY KEY (project_id, sector_code, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_project_sector_history_open ON project_sector_history (project_id, sector_code) WHERE change_to IS NULL

-- next statement --

CREATE TABLE project_theme_history (
	project_id INTEGER NOT NULL, 
	theme_id INTEGER NOT NULL, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_project_theme_history PRIMARY KEY (project_id, theme_id, change_from)
)

-- next statement --

CREATE INDEX ix_project_theme_theme_id_history ON project_theme_history (theme_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_project_theme_history_open ON project_theme_history (project_id, theme_id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE contract_history (
	id INTEGER NOT NULL, 
	for_id INTEGER, 
	instrument_id INTEGER, 
	authority_id INTEGER, 
	coordinator_id INTEGER, 
	number VARCHAR(80), 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	start_edtf VARCHAR(64), 
	start_from DATE, 
	start_to DATE, 
	end_edtf VARCHAR(64), 
	end_from DATE, 
	end_to DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_contract_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_contract_authority_id_history ON contract_history (authority_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_contract_coordinator_id_history ON contract_history (coordinator_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_contract_for_id_history ON contract_history (for_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_contract_instrument_id_history ON contract_history (instrument_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_contract_history_open ON contract_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE addendum_history (
	id INTEGER NOT NULL, 
	contract_id INTEGER, 
	kind_code VARCHAR(16), 
	number VARCHAR(80), 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	subject_cs TEXT, 
	subject_en TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_addendum_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_addendum_contract_id_history ON addendum_history (contract_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_addendum_history_open ON addendum_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE flow_history (
	id INTEGER NOT NULL, 
	booked_id INTEGER, 
	type_code VARCHAR(4), 
	provider_id INTEGER, 
	receiver_id INTEGER, 
	instrument_id INTEGER, 
	contract_id INTEGER, 
	addendum_id INTEGER, 
	amount_minor BIGINT, 
	amount_currency VARCHAR(3), 
	amount_mark VARCHAR(12), 
	unknown_reason VARCHAR(24), 
	valued_edtf VARCHAR(64), 
	valued_from DATE, 
	valued_to DATE, 
	included_in_id INTEGER, 
	included_certainty VARCHAR(16), 
	purpose_cs TEXT, 
	purpose_en TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_flow_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_flow_addendum_id_history ON flow_history (addendum_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_flow_booked_history ON flow_history (booked_id, id, change_from, change_to)

-- next statement --

CREATE INDEX ix_flow_contract_id_history ON flow_history (contract_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_flow_included_in_id_history ON flow_history (included_in_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_flow_instrument_id_history ON flow_history (instrument_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_flow_provider_id_history ON flow_history (provider_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_flow_receiver_id_history ON flow_history (receiver_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_flow_history_open ON flow_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE record (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(24) NOT NULL, 
	"key" VARCHAR(120), 
	name_cs TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	order_cs BLOB NOT NULL, 
	order_en BLOB NOT NULL, 
	note_cs TEXT NOT NULL, 
	note_en TEXT NOT NULL, 
	placeholder BOOLEAN NOT NULL, 
	certainty VARCHAR(16) NOT NULL, 
	confidential BOOLEAN NOT NULL, 
	responsible_id INTEGER, 
	reference VARCHAR(120), 
	version INTEGER NOT NULL, 
	CONSTRAINT uq_record_key UNIQUE ("key"), 
	CONSTRAINT fk_record_responsible_id FOREIGN KEY(responsible_id) REFERENCES person (id)
)

-- next statement --

CREATE INDEX ix_record_kind_order_cs ON record (kind, order_cs, id)

-- next statement --

CREATE INDEX ix_record_kind_order_en ON record (kind, order_en, id)

-- next statement --

CREATE INDEX ix_record_responsible ON record (responsible_id)

-- next statement --

CREATE TABLE sign_in (
	token_hash VARCHAR(64) NOT NULL, 
	person_id INTEGER NOT NULL, 
	started_at VARCHAR(27) NOT NULL, 
	seen_at VARCHAR(27) NOT NULL, 
	ended_at VARCHAR(27), 
	CONSTRAINT pk_sign_in PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sign_in_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_sign_in_person_id ON sign_in (person_id)

-- next statement --

CREATE TABLE record_cover (
	record_id INTEGER NOT NULL, 
	cover_id INTEGER NOT NULL, 
	CONSTRAINT pk_record_cover PRIMARY KEY (record_id, cover_id), 
	CONSTRAINT fk_record_cover_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_record_cover_cover_id FOREIGN KEY(cover_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_record_cover_cover_id ON record_cover (cover_id)

-- next statement --

CREATE TABLE record_veil (
	record_id INTEGER NOT NULL, 
	veil_id INTEGER NOT NULL, 
	CONSTRAINT pk_record_veil PRIMARY KEY (record_id, veil_id), 
	CONSTRAINT fk_record_veil_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_record_veil_veil_id FOREIGN KEY(veil_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_record_veil_veil_id ON record_veil (veil_id)

-- next statement --

CREATE TABLE record_reader (
	record_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	since DATE, 
	CONSTRAINT pk_record_reader PRIMARY KEY (record_id, person_id), 
	CONSTRAINT fk_record_reader_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_record_reader_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)

-- next statement --

CREATE TABLE search_word (
	record_id INTEGER NOT NULL, 
	via_id INTEGER NOT NULL, 
	form VARCHAR(1) NOT NULL, 
	word VARCHAR(64) NOT NULL, 
	weight INTEGER NOT NULL, 
	CONSTRAINT pk_search_word PRIMARY KEY (record_id, via_id, form, word), 
	CONSTRAINT fk_search_word_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_search_word_via_id FOREIGN KEY(via_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_search_word_via ON search_word (via_id)

-- next statement --

CREATE INDEX ix_search_word_word ON search_word (word, record_id)

-- next statement --

CREATE TABLE person_framework (
	person_id INTEGER NOT NULL, 
	framework_id INTEGER NOT NULL, 
	CONSTRAINT pk_person_framework PRIMARY KEY (person_id, framework_id), 
	CONSTRAINT fk_person_framework_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_person_framework_framework_id FOREIGN KEY(framework_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE TABLE document (
	id INTEGER NOT NULL, 
	origin VARCHAR(16) NOT NULL, 
	address TEXT, 
	file_name VARCHAR(200), 
	publisher TEXT NOT NULL, 
	language VARCHAR(3), 
	dated_edtf VARCHAR(64), 
	dated_from DATE, 
	dated_to DATE, 
	retrieved_edtf VARCHAR(64), 
	retrieved_from DATE, 
	retrieved_to DATE, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT fk_document_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_document_address ON document (address)

-- next statement --

CREATE TABLE statement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	record_id INTEGER NOT NULL, 
	field VARCHAR(48) NOT NULL, 
	value TEXT, 
	value_cs TEXT NOT NULL, 
	value_en TEXT NOT NULL, 
	precision VARCHAR(16) NOT NULL, 
	precision_note_cs TEXT NOT NULL, 
	precision_note_en TEXT NOT NULL, 
	certainty VARCHAR(16) NOT NULL, 
	leading BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT fk_statement_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_statement_record_field ON statement (record_id, field, position)

-- next statement --

CREATE UNIQUE INDEX uq_statement_leading ON statement (record_id, field) WHERE "leading"

-- next statement --

CREATE TABLE country (
	id INTEGER NOT NULL, 
	iso2 VARCHAR(2) NOT NULL, 
	CONSTRAINT pk_country PRIMARY KEY (id), 
	CONSTRAINT fk_country_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT uq_country_iso2 UNIQUE (iso2)
)

-- next statement --

CREATE TABLE participation (
	id INTEGER NOT NULL, 
	within_id INTEGER NOT NULL, 
	participant_id INTEGER NOT NULL, 
	role VARCHAR(24) NOT NULL, 
	role_cs TEXT NOT NULL, 
	role_en TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_participation PRIMARY KEY (id), 
	CONSTRAINT fk_participation_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_participation_within_id FOREIGN KEY(within_id) REFERENCES record (id), 
	CONSTRAINT fk_participation_participant_id FOREIGN KEY(participant_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_participation_participant_id ON participation (participant_id)

-- next statement --

CREATE INDEX ix_participation_within ON participation (within_id, role, participant_id)

-- next statement --

CREATE TABLE link (
	id INTEGER NOT NULL, 
	from_id INTEGER NOT NULL, 
	to_id INTEGER NOT NULL, 
	relation VARCHAR(24) NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT fk_link_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_link_from_id FOREIGN KEY(from_id) REFERENCES record (id), 
	CONSTRAINT fk_link_to_id FOREIGN KEY(to_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_link_from_id ON link (from_id)

-- next statement --

CREATE INDEX ix_link_to_id ON link (to_id)

-- next statement --

CREATE TABLE framework (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	parent_id INTEGER, 
	status VARCHAR(24), 
	launched_edtf VARCHAR(64), 
	launched_from DATE, 
	launched_to DATE, 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	ended_edtf VARCHAR(64), 
	ended_from DATE, 
	ended_to DATE, 
	cz_role_cs TEXT NOT NULL, 
	cz_role_en TEXT NOT NULL, 
	description_cs TEXT NOT NULL, 
	description_en TEXT NOT NULL, 
	website TEXT, 
	CONSTRAINT pk_framework PRIMARY KEY (id), 
	CONSTRAINT fk_framework_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_framework_parent_id FOREIGN KEY(parent_id) REFERENCES framework (id)
)

-- next statement --

CREATE INDEX ix_framework_parent_id ON framework (parent_id)

-- next statement --

CREATE TABLE theme (
	id INTEGER NOT NULL, 
	CONSTRAINT pk_theme PRIMARY KEY (id), 
	CONSTRAINT fk_theme_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE TABLE status_update (
	id INTEGER NOT NULL, 
	of_id INTEGER NOT NULL, 
	author_id INTEGER, 
	held_on_edtf VARCHAR(64), 
	held_on_from DATE, 
	held_on_to DATE, 
	written_on DATE NOT NULL, 
	light VARCHAR(8), 
	status VARCHAR(2), 
	happened TEXT NOT NULL, 
	next_steps TEXT NOT NULL, 
	lang VARCHAR(2), 
	CONSTRAINT pk_status_update PRIMARY KEY (id), 
	CONSTRAINT fk_status_update_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_status_update_of_id FOREIGN KEY(of_id) REFERENCES record (id), 
	CONSTRAINT fk_status_update_author_id FOREIGN KEY(author_id) REFERENCES person (id)
)

-- next statement --

CREATE INDEX ix_status_update_of ON status_update (of_id, written_on)

-- next statement --

CREATE TABLE citation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	statement_id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	quotation TEXT NOT NULL, 
	quotation_lang VARCHAR(3), 
	verbatim BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT fk_citation_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE CASCADE, 
	CONSTRAINT fk_citation_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next statement --

CREATE INDEX ix_citation_document_id ON citation (document_id)

-- next statement --

CREATE INDEX ix_citation_statement_id ON citation (statement_id)

-- next statement --

CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	type_code VARCHAR(4), 
	abbreviation VARCHAR(40), 
	ref VARCHAR(80), 
	channel_code VARCHAR(16), 
	country_id INTEGER, 
	parent_id INTEGER, 
	founded_edtf VARCHAR(64), 
	founded_from DATE, 
	founded_to DATE, 
	seat TEXT NOT NULL, 
	website TEXT, 
	CONSTRAINT pk_organisation PRIMARY KEY (id), 
	CONSTRAINT fk_organisation_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_organisation_country_id FOREIGN KEY(country_id) REFERENCES country (id), 
	CONSTRAINT fk_organisation_parent_id FOREIGN KEY(parent_id) REFERENCES organisation (id)
)

-- next statement --

CREATE INDEX ix_organisation_country_id ON organisation (country_id)

-- next statement --

CREATE INDEX ix_organisation_parent_id ON organisation (parent_id)

-- next statement --

CREATE TABLE project (
	id INTEGER NOT NULL, 
	framework_id INTEGER, 
	umbrella_id INTEGER, 
	acronym VARCHAR(40), 
	full_title_cs TEXT NOT NULL, 
	full_title_en TEXT NOT NULL, 
	description_cs TEXT NOT NULL, 
	description_en TEXT NOT NULL, 
	cz_role_cs TEXT NOT NULL, 
	cz_role_en TEXT NOT NULL, 
	status VARCHAR(2), 
	status_basis VARCHAR(12), 
	status_on_edtf VARCHAR(64), 
	status_on_from DATE, 
	status_on_to DATE, 
	planned_start_edtf VARCHAR(64), 
	planned_start_from DATE, 
	planned_start_to DATE, 
	actual_start_edtf VARCHAR(64), 
	actual_start_from DATE, 
	actual_start_to DATE, 
	planned_end_edtf VARCHAR(64), 
	planned_end_from DATE, 
	planned_end_to DATE, 
	actual_end_edtf VARCHAR(64), 
	actual_end_from DATE, 
	actual_end_to DATE, 
	light VARCHAR(8), 
	light_on DATE, 
	reported_on DATE, 
	website TEXT, 
	CONSTRAINT pk_project PRIMARY KEY (id), 
	CONSTRAINT fk_project_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_project_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id), 
	CONSTRAINT fk_project_umbrella_id FOREIGN KEY(umbrella_id) REFERENCES project (id)
)

-- next statement --

CREATE INDEX ix_project_framework_id ON project (framework_id)

-- next statement --

CREATE INDEX ix_project_reported_on ON project (reported_on)

-- next statement --

CREATE INDEX ix_project_status ON project (status, id)

-- next statement --

CREATE INDEX ix_project_umbrella_id ON project (umbrella_id)

-- next statement --

CREATE TABLE project_framework (
	project_id INTEGER NOT NULL, 
	framework_id INTEGER NOT NULL, 
	CONSTRAINT pk_project_framework PRIMARY KEY (project_id, framework_id), 
	CONSTRAINT fk_project_framework_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE CASCADE, 
	CONSTRAINT fk_project_framework_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id)
)

-- next statement --

CREATE INDEX ix_project_framework_framework_id ON project_framework (framework_id)

-- next statement --

CREATE TABLE project_country (
	project_id INTEGER NOT NULL, 
	country_id INTEGER NOT NULL, 
	CONSTRAINT pk_project_country PRIMARY KEY (project_id, country_id), 
	CONSTRAINT fk_project_country_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE CASCADE, 
	CONSTRAINT fk_project_country_country_id FOREIGN KEY(country_id) REFERENCES country (id)
)

-- next statement --

CREATE INDEX ix_project_country_country_id ON project_country (country_id)

-- next statement --

CREATE TABLE project_sector (
	project_id INTEGER NOT NULL, 
	sector_code VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_project_sector PRIMARY KEY (project_id, sector_code), 
	CONSTRAINT fk_project_sector_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE CASCADE
)

-- next statement --

CREATE TABLE project_theme (
	project_id INTEGER NOT NULL, 
	theme_id INTEGER NOT NULL, 
	CONSTRAINT pk_project_theme PRIMARY KEY (project_id, theme_id), 
	CONSTRAINT fk_project_theme_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE CASCADE, 
	CONSTRAINT fk_project_theme_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
)

-- next statement --

CREATE INDEX ix_project_theme_theme_id ON project_theme (theme_id)

-- next statement --

CREATE TABLE instrument (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	owner_id INTEGER, 
	legal_basis TEXT NOT NULL, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	envelope_minor BIGINT, 
	envelope_currency VARCHAR(3), 
	envelope_mark VARCHAR(12), 
	CONSTRAINT pk_instrument PRIMARY KEY (id), 
	CONSTRAINT fk_instrument_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_instrument_owner_id FOREIGN KEY(owner_id) REFERENCES organisation (id)
)

-- next statement --

CREATE INDEX ix_instrument_owner_id ON instrument (owner_id)

-- next statement --

CREATE TABLE contract (
	id INTEGER NOT NULL, 
	for_id INTEGER, 
	instrument_id INTEGER, 
	authority_id INTEGER, 
	coordinator_id INTEGER, 
	number VARCHAR(80), 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	start_edtf VARCHAR(64), 
	start_from DATE, 
	start_to DATE, 
	end_edtf VARCHAR(64), 
	end_from DATE, 
	end_to DATE, 
	CONSTRAINT pk_contract PRIMARY KEY (id), 
	CONSTRAINT fk_contract_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contract_for_id FOREIGN KEY(for_id) REFERENCES record (id), 
	CONSTRAINT fk_contract_instrument_id FOREIGN KEY(instrument_id) REFERENCES instrument (id), 
	CONSTRAINT fk_contract_authority_id FOREIGN KEY(authority_id) REFERENCES record (id), 
	CONSTRAINT fk_contract_coordinator_id FOREIGN KEY(coordinator_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_contract_authority_id ON contract (authority_id)

-- next statement --

CREATE INDEX ix_contract_coordinator_id ON contract (coordinator_id)

-- next statement --

CREATE INDEX ix_contract_for_id ON contract (for_id)

-- next statement --

CREATE INDEX ix_contract_instrument_id ON contract (instrument_id)

-- next statement --

CREATE TABLE addendum (
	id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	kind_code VARCHAR(16) NOT NULL, 
	number VARCHAR(80), 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	subject_cs TEXT NOT NULL, 
	subject_en TEXT NOT NULL, 
	CONSTRAINT pk_addendum PRIMARY KEY (id), 
	CONSTRAINT fk_addendum_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_addendum_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id)
)

-- next statement --

CREATE INDEX ix_addendum_contract_id ON addendum (contract_id)

-- next statement --

CREATE TABLE flow (
	id INTEGER NOT NULL, 
	booked_id INTEGER NOT NULL, 
	type_code VARCHAR(4), 
	provider_id INTEGER, 
	receiver_id INTEGER, 
	instrument_id INTEGER, 
	contract_id INTEGER, 
	addendum_id INTEGER, 
	amount_minor BIGINT, 
	amount_currency VARCHAR(3), 
	amount_mark VARCHAR(12), 
	unknown_reason VARCHAR(24), 
	valued_edtf VARCHAR(64), 
	valued_from DATE, 
	valued_to DATE, 
	included_in_id INTEGER, 
	included_certainty VARCHAR(16), 
	purpose_cs TEXT NOT NULL, 
	purpose_en TEXT NOT NULL, 
	CONSTRAINT pk_flow PRIMARY KEY (id), 
	CONSTRAINT ck_flow_amount_known_or_reason CHECK ((amount_minor IS NULL) = (amount_currency IS NULL) AND (amount_minor IS NOT NULL OR unknown_reason IS NOT NULL)), 
	CONSTRAINT fk_flow_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_flow_booked_id FOREIGN KEY(booked_id) REFERENCES record (id), 
	CONSTRAINT fk_flow_provider_id FOREIGN KEY(provider_id) REFERENCES record (id), 
	CONSTRAINT fk_flow_receiver_id FOREIGN KEY(receiver_id) REFERENCES record (id), 
	CONSTRAINT fk_flow_instrument_id FOREIGN KEY(instrument_id) REFERENCES instrument (id), 
	CONSTRAINT fk_flow_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT fk_flow_addendum_id FOREIGN KEY(addendum_id) REFERENCES addendum (id), 
	CONSTRAINT fk_flow_included_in_id FOREIGN KEY(included_in_id) REFERENCES flow (id)
)

-- next statement --

CREATE INDEX ix_flow_addendum_id ON flow (addendum_id)

-- next statement --

CREATE INDEX ix_flow_booked ON flow (booked_id, id)

-- next statement --

CREATE INDEX ix_flow_contract_id ON flow (contract_id)

-- next statement --

CREATE INDEX ix_flow_included_in_id ON flow (included_in_id)

-- next statement --

CREATE INDEX ix_flow_instrument_id ON flow (instrument_id)

-- next statement --

CREATE INDEX ix_flow_provider_id ON flow (provider_id)

-- next statement --

CREATE INDEX ix_flow_receiver_id ON flow (receiver_id)

-- next statement --

CREATE TRIGGER "record_history_insert" AFTER INSERT ON "record" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "record_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "record_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "record_history" ("certainty", "confidential", "id", "key", "kind", "name_cs", "name_en", "note_cs", "note_en", "order_cs", "order_en", "placeholder", "reference", "responsible_id", "version", change_from, change_to)
  VALUES (NEW."certainty", NEW."confidential", NEW."id", NEW."key", NEW."kind", NEW."name_cs", NEW."name_en", NEW."note_cs", NEW."note_en", NEW."order_cs", NEW."order_en", NEW."placeholder", NEW."reference", NEW."responsible_id", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "record_history_update" AFTER UPDATE ON "record" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of record is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "record_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "record_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "record_history" ("certainty", "confidential", "id", "key", "kind", "name_cs", "name_en", "note_cs", "note_en", "order_cs", "order_en", "placeholder", "reference", "responsible_id", "version", change_from, change_to)
  VALUES (NEW."certainty", NEW."confidential", NEW."id", NEW."key", NEW."kind", NEW."name_cs", NEW."name_en", NEW."note_cs", NEW."note_en", NEW."order_cs", NEW."order_en", NEW."placeholder", NEW."reference", NEW."responsible_id", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "record_history_delete" AFTER DELETE ON "record" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "record_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "record_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "country_history_insert" AFTER INSERT ON "country" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "country_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "country_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "country_history" ("id", "iso2", change_from, change_to)
  VALUES (NEW."id", NEW."iso2", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "country_history_update" AFTER UPDATE ON "country" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of country is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "country_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "country_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "country_history" ("id", "iso2", change_from, change_to)
  VALUES (NEW."id", NEW."iso2", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "country_history_delete" AFTER DELETE ON "country" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "country_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "country_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "document_history_insert" AFTER INSERT ON "document" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "document_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "document_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "document_history" ("address", "body", "dated_edtf", "dated_from", "dated_to", "file_name", "id", "language", "origin", "publisher", "retrieved_edtf", "retrieved_from", "retrieved_to", change_from, change_to)
  VALUES (NEW."address", NEW."body", NEW."dated_edtf", NEW."dated_from", NEW."dated_to", NEW."file_name", NEW."id", NEW."language", NEW."origin", NEW."publisher", NEW."retrieved_edtf", NEW."retrieved_from", NEW."retrieved_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "document_history_update" AFTER UPDATE ON "document" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of document is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "document_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "document_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "document_history" ("address", "body", "dated_edtf", "dated_from", "dated_to", "file_name", "id", "language", "origin", "publisher", "retrieved_edtf", "retrieved_from", "retrieved_to", change_from, change_to)
  VALUES (NEW."address", NEW."body", NEW."dated_edtf", NEW."dated_from", NEW."dated_to", NEW."file_name", NEW."id", NEW."language", NEW."origin", NEW."publisher", NEW."retrieved_edtf", NEW."retrieved_from", NEW."retrieved_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "document_history_delete" AFTER DELETE ON "document" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "document_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "document_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "framework_history_insert" AFTER INSERT ON "framework" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "framework_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "framework_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "framework_history" ("cz_role_cs", "cz_role_en", "description_cs", "description_en", "ended_edtf", "ended_from", "ended_to", "id", "kind_code", "launched_edtf", "launched_from", "launched_to", "parent_id", "signed_edtf", "signed_from", "signed_to", "status", "website", change_from, change_to)
  VALUES (NEW."cz_role_cs", NEW."cz_role_en", NEW."description_cs", NEW."description_en", NEW."ended_edtf", NEW."ended_from", NEW."ended_to", NEW."id", NEW."kind_code", NEW."launched_edtf", NEW."launched_from", NEW."launched_to", NEW."parent_id", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."status", NEW."website", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "framework_history_update" AFTER UPDATE ON "framework" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of framework is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "framework_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "framework_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "framework_history" ("cz_role_cs", "cz_role_en", "description_cs", "description_en", "ended_edtf", "ended_from", "ended_to", "id", "kind_code", "launched_edtf", "launched_from", "launched_to", "parent_id", "signed_edtf", "signed_from", "signed_to", "status", "website", change_from, change_to)
  VALUES (NEW."cz_role_cs", NEW."cz_role_en", NEW."description_cs", NEW."description_en", NEW."ended_edtf", NEW."ended_from", NEW."ended_to", NEW."id", NEW."kind_code", NEW."launched_edtf", NEW."launched_from", NEW."launched_to", NEW."parent_id", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."status", NEW."website", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "framework_history_delete" AFTER DELETE ON "framework" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "framework_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "framework_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "link_history_insert" AFTER INSERT ON "link" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "link_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "link_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "link_history" ("from_id", "id", "relation", "to_id", change_from, change_to)
  VALUES (NEW."from_id", NEW."id", NEW."relation", NEW."to_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "link_history_update" AFTER UPDATE ON "link" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of link is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "link_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "link_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "link_history" ("from_id", "id", "relation", "to_id", change_from, change_to)
  VALUES (NEW."from_id", NEW."id", NEW."relation", NEW."to_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "link_history_delete" AFTER DELETE ON "link" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "link_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "link_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "participation_history_insert" AFTER INSERT ON "participation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "participation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "participation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "participation_history" ("id", "participant_id", "position", "role", "role_cs", "role_en", "within_id", change_from, change_to)
  VALUES (NEW."id", NEW."participant_id", NEW."position", NEW."role", NEW."role_cs", NEW."role_en", NEW."within_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "participation_history_update" AFTER UPDATE ON "participation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of participation is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "participation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "participation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "participation_history" ("id", "participant_id", "position", "role", "role_cs", "role_en", "within_id", change_from, change_to)
  VALUES (NEW."id", NEW."participant_id", NEW."position", NEW."role", NEW."role_cs", NEW."role_en", NEW."within_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "participation_history_delete" AFTER DELETE ON "participation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "participation_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "participation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "statement_history_insert" AFTER INSERT ON "statement" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "statement_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "statement_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "statement_history" ("certainty", "field", "id", "leading", "position", "precision", "precision_note_cs", "precision_note_en", "reason", "record_id", "value", "value_cs", "value_en", "version", change_from, change_to)
  VALUES (NEW."certainty", NEW."field", NEW."id", NEW."leading", NEW."position", NEW."precision", NEW."precision_note_cs", NEW."precision_note_en", NEW."reason", NEW."record_id", NEW."value", NEW."value_cs", NEW."value_en", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "statement_history_update" AFTER UPDATE ON "statement" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of statement is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "statement_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "statement_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "statement_history" ("certainty", "field", "id", "leading", "position", "precision", "precision_note_cs", "precision_note_en", "reason", "record_id", "value", "value_cs", "value_en", "version", change_from, change_to)
  VALUES (NEW."certainty", NEW."field", NEW."id", NEW."leading", NEW."position", NEW."precision", NEW."precision_note_cs", NEW."precision_note_en", NEW."reason", NEW."record_id", NEW."value", NEW."value_cs", NEW."value_en", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "statement_history_delete" AFTER DELETE ON "statement" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "statement_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "statement_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "status_update_history_insert" AFTER INSERT ON "status_update" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "status_update_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "status_update_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "status_update_history" ("author_id", "happened", "held_on_edtf", "held_on_from", "held_on_to", "id", "lang", "light", "next_steps", "of_id", "status", "written_on", change_from, change_to)
  VALUES (NEW."author_id", NEW."happened", NEW."held_on_edtf", NEW."held_on_from", NEW."held_on_to", NEW."id", NEW."lang", NEW."light", NEW."next_steps", NEW."of_id", NEW."status", NEW."written_on", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "status_update_history_update" AFTER UPDATE ON "status_update" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of status_update is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "status_update_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "status_update_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "status_update_history" ("author_id", "happened", "held_on_edtf", "held_on_from", "held_on_to", "id", "lang", "light", "next_steps", "of_id", "status", "written_on", change_from, change_to)
  VALUES (NEW."author_id", NEW."happened", NEW."held_on_edtf", NEW."held_on_from", NEW."held_on_to", NEW."id", NEW."lang", NEW."light", NEW."next_steps", NEW."of_id", NEW."status", NEW."written_on", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "status_update_history_delete" AFTER DELETE ON "status_update" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "status_update_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "status_update_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "theme_history_insert" AFTER INSERT ON "theme" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "theme_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "theme_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "theme_history" ("id", change_from, change_to)
  VALUES (NEW."id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "theme_history_update" AFTER UPDATE ON "theme" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of theme is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "theme_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "theme_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "theme_history" ("id", change_from, change_to)
  VALUES (NEW."id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "theme_history_delete" AFTER DELETE ON "theme" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "theme_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "theme_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "citation_history_insert" AFTER INSERT ON "citation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "citation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "citation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "citation_history" ("document_id", "id", "place", "quotation", "quotation_lang", "statement_id", "verbatim", "version", change_from, change_to)
  VALUES (NEW."document_id", NEW."id", NEW."place", NEW."quotation", NEW."quotation_lang", NEW."statement_id", NEW."verbatim", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "citation_history_update" AFTER UPDATE ON "citation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of citation is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "citation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "citation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "citation_history" ("document_id", "id", "place", "quotation", "quotation_lang", "statement_id", "verbatim", "version", change_from, change_to)
  VALUES (NEW."document_id", NEW."id", NEW."place", NEW."quotation", NEW."quotation_lang", NEW."statement_id", NEW."verbatim", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "citation_history_delete" AFTER DELETE ON "citation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "citation_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "citation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "organisation_history_insert" AFTER INSERT ON "organisation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "organisation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "organisation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "organisation_history" ("abbreviation", "channel_code", "country_id", "founded_edtf", "founded_from", "founded_to", "id", "kind_code", "parent_id", "ref", "seat", "type_code", "website", change_from, change_to)
  VALUES (NEW."abbreviation", NEW."channel_code", NEW."country_id", NEW."founded_edtf", NEW."founded_from", NEW."founded_to", NEW."id", NEW."kind_code", NEW."parent_id", NEW."ref", NEW."seat", NEW."type_code", NEW."website", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "organisation_history_update" AFTER UPDATE ON "organisation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of organisation is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "organisation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "organisation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "organisation_history" ("abbreviation", "channel_code", "country_id", "founded_edtf", "founded_from", "founded_to", "id", "kind_code", "parent_id", "ref", "seat", "type_code", "website", change_from, change_to)
  VALUES (NEW."abbreviation", NEW."channel_code", NEW."country_id", NEW."founded_edtf", NEW."founded_from", NEW."founded_to", NEW."id", NEW."kind_code", NEW."parent_id", NEW."ref", NEW."seat", NEW."type_code", NEW."website", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "organisation_history_delete" AFTER DELETE ON "organisation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "organisation_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "organisation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "project_history_insert" AFTER INSERT ON "project" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "project_history" ("acronym", "actual_end_edtf", "actual_end_from", "actual_end_to", "actual_start_edtf", "actual_start_from", "actual_start_to", "cz_role_cs", "cz_role_en", "description_cs", "description_en", "framework_id", "full_title_cs", "full_title_en", "id", "light", "light_on", "planned_end_edtf", "planned_end_from", "planned_end_to", "planned_start_edtf", "planned_start_from", "planned_start_to", "reported_on", "status", "status_basis", "status_on_edtf", "status_on_from", "status_on_to", "umbrella_id", "website", change_from, change_to)
  VALUES (NEW."acronym", NEW."actual_end_edtf", NEW."actual_end_from", NEW."actual_end_to", NEW."actual_start_edtf", NEW."actual_start_from", NEW."actual_start_to", NEW."cz_role_cs", NEW."cz_role_en", NEW."description_cs", NEW."description_en", NEW."framework_id", NEW."full_title_cs", NEW."full_title_en", NEW."id", NEW."light", NEW."light_on", NEW."planned_end_edtf", NEW."planned_end_from", NEW."planned_end_to", NEW."planned_start_edtf", NEW."planned_start_from", NEW."planned_start_to", NEW."reported_on", NEW."status", NEW."status_basis", NEW."status_on_edtf", NEW."status_on_from", NEW."status_on_to", NEW."umbrella_id", NEW."website", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_history_update" AFTER UPDATE ON "project" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of project is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "project_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "project_history" ("acronym", "actual_end_edtf", "actual_end_from", "actual_end_to", "actual_start_edtf", "actual_start_from", "actual_start_to", "cz_role_cs", "cz_role_en", "description_cs", "description_en", "framework_id", "full_title_cs", "full_title_en", "id", "light", "light_on", "planned_end_edtf", "planned_end_from", "planned_end_to", "planned_start_edtf", "planned_start_from", "planned_start_to", "reported_on", "status", "status_basis", "status_on_edtf", "status_on_from", "status_on_to", "umbrella_id", "website", change_from, change_to)
  VALUES (NEW."acronym", NEW."actual_end_edtf", NEW."actual_end_from", NEW."actual_end_to", NEW."actual_start_edtf", NEW."actual_start_from", NEW."actual_start_to", NEW."cz_role_cs", NEW."cz_role_en", NEW."description_cs", NEW."description_en", NEW."framework_id", NEW."full_title_cs", NEW."full_title_en", NEW."id", NEW."light", NEW."light_on", NEW."planned_end_edtf", NEW."planned_end_from", NEW."planned_end_to", NEW."planned_start_edtf", NEW."planned_start_from", NEW."planned_start_to", NEW."reported_on", NEW."status", NEW."status_basis", NEW."status_on_edtf", NEW."status_on_from", NEW."status_on_to", NEW."umbrella_id", NEW."website", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_history_delete" AFTER DELETE ON "project" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "instrument_history_insert" AFTER INSERT ON "instrument" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "instrument_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "instrument_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "instrument_history" ("envelope_currency", "envelope_mark", "envelope_minor", "id", "kind_code", "legal_basis", "owner_id", "period_edtf", "period_from", "period_to", change_from, change_to)
  VALUES (NEW."envelope_currency", NEW."envelope_mark", NEW."envelope_minor", NEW."id", NEW."kind_code", NEW."legal_basis", NEW."owner_id", NEW."period_edtf", NEW."period_from", NEW."period_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "instrument_history_update" AFTER UPDATE ON "instrument" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of instrument is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "instrument_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "instrument_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "instrument_history" ("envelope_currency", "envelope_mark", "envelope_minor", "id", "kind_code", "legal_basis", "owner_id", "period_edtf", "period_from", "period_to", change_from, change_to)
  VALUES (NEW."envelope_currency", NEW."envelope_mark", NEW."envelope_minor", NEW."id", NEW."kind_code", NEW."legal_basis", NEW."owner_id", NEW."period_edtf", NEW."period_from", NEW."period_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "instrument_history_delete" AFTER DELETE ON "instrument" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "instrument_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "instrument_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "project_country_history_insert" AFTER INSERT ON "project_country" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_country_history" WHERE "project_id" = NEW."project_id" AND "country_id" = NEW."country_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_country_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "country_id" = NEW."country_id" AND change_to IS NULL;
  INSERT INTO "project_country_history" ("country_id", "project_id", change_from, change_to)
  VALUES (NEW."country_id", NEW."project_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_country_history_update" AFTER UPDATE ON "project_country" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of project_country is immutable') WHERE OLD."project_id" IS NOT NEW."project_id" OR OLD."country_id" IS NOT NEW."country_id";
  DELETE FROM "project_country_history" WHERE "project_id" = NEW."project_id" AND "country_id" = NEW."country_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_country_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "country_id" = NEW."country_id" AND change_to IS NULL;
  INSERT INTO "project_country_history" ("country_id", "project_id", change_from, change_to)
  VALUES (NEW."country_id", NEW."project_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_country_history_delete" AFTER DELETE ON "project_country" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_country_history" WHERE "project_id" = OLD."project_id" AND "country_id" = OLD."country_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_country_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = OLD."project_id" AND "country_id" = OLD."country_id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "project_framework_history_insert" AFTER INSERT ON "project_framework" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_framework_history" WHERE "project_id" = NEW."project_id" AND "framework_id" = NEW."framework_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_framework_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "framework_id" = NEW."framework_id" AND change_to IS NULL;
  INSERT INTO "project_framework_history" ("framework_id", "project_id", change_from, change_to)
  VALUES (NEW."framework_id", NEW."project_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_framework_history_update" AFTER UPDATE ON "project_framework" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of project_framework is immutable') WHERE OLD."project_id" IS NOT NEW."project_id" OR OLD."framework_id" IS NOT NEW."framework_id";
  DELETE FROM "project_framework_history" WHERE "project_id" = NEW."project_id" AND "framework_id" = NEW."framework_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_framework_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "framework_id" = NEW."framework_id" AND change_to IS NULL;
  INSERT INTO "project_framework_history" ("framework_id", "project_id", change_from, change_to)
  VALUES (NEW."framework_id", NEW."project_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_framework_history_delete" AFTER DELETE ON "project_framework" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_framework_history" WHERE "project_id" = OLD."project_id" AND "framework_id" = OLD."framework_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_framework_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = OLD."project_id" AND "framework_id" = OLD."framework_id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "project_sector_history_insert" AFTER INSERT ON "project_sector" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_sector_history" WHERE "project_id" = NEW."project_id" AND "sector_code" = NEW."sector_code" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_sector_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "sector_code" = NEW."sector_code" AND change_to IS NULL;
  INSERT INTO "project_sector_history" ("project_id", "sector_code", change_from, change_to)
  VALUES (NEW."project_id", NEW."sector_code", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_sector_history_update" AFTER UPDATE ON "project_sector" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of project_sector is immutable') WHERE OLD."project_id" IS NOT NEW."project_id" OR OLD."sector_code" IS NOT NEW."sector_code";
  DELETE FROM "project_sector_history" WHERE "project_id" = NEW."project_id" AND "sector_code" = NEW."sector_code" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_sector_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "sector_code" = NEW."sector_code" AND change_to IS NULL;
  INSERT INTO "project_sector_history" ("project_id", "sector_code", change_from, change_to)
  VALUES (NEW."project_id", NEW."sector_code", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_sector_history_delete" AFTER DELETE ON "project_sector" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_sector_history" WHERE "project_id" = OLD."project_id" AND "sector_code" = OLD."sector_code" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_sector_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = OLD."project_id" AND "sector_code" = OLD."sector_code" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "project_theme_history_insert" AFTER INSERT ON "project_theme" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_theme_history" WHERE "project_id" = NEW."project_id" AND "theme_id" = NEW."theme_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_theme_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "theme_id" = NEW."theme_id" AND change_to IS NULL;
  INSERT INTO "project_theme_history" ("project_id", "theme_id", change_from, change_to)
  VALUES (NEW."project_id", NEW."theme_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_theme_history_update" AFTER UPDATE ON "project_theme" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of project_theme is immutable') WHERE OLD."project_id" IS NOT NEW."project_id" OR OLD."theme_id" IS NOT NEW."theme_id";
  DELETE FROM "project_theme_history" WHERE "project_id" = NEW."project_id" AND "theme_id" = NEW."theme_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_theme_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = NEW."project_id" AND "theme_id" = NEW."theme_id" AND change_to IS NULL;
  INSERT INTO "project_theme_history" ("project_id", "theme_id", change_from, change_to)
  VALUES (NEW."project_id", NEW."theme_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "project_theme_history_delete" AFTER DELETE ON "project_theme" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "project_theme_history" WHERE "project_id" = OLD."project_id" AND "theme_id" = OLD."theme_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "project_theme_history" SET change_to = (SELECT change_id FROM change_open) WHERE "project_id" = OLD."project_id" AND "theme_id" = OLD."theme_id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "contract_history_insert" AFTER INSERT ON "contract" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "contract_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contract_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "contract_history" ("authority_id", "coordinator_id", "end_edtf", "end_from", "end_to", "for_id", "id", "instrument_id", "number", "signed_edtf", "signed_from", "signed_to", "start_edtf", "start_from", "start_to", change_from, change_to)
  VALUES (NEW."authority_id", NEW."coordinator_id", NEW."end_edtf", NEW."end_from", NEW."end_to", NEW."for_id", NEW."id", NEW."instrument_id", NEW."number", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."start_edtf", NEW."start_from", NEW."start_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "contract_history_update" AFTER UPDATE ON "contract" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of contract is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "contract_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contract_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "contract_history" ("authority_id", "coordinator_id", "end_edtf", "end_from", "end_to", "for_id", "id", "instrument_id", "number", "signed_edtf", "signed_from", "signed_to", "start_edtf", "start_from", "start_to", change_from, change_to)
  VALUES (NEW."authority_id", NEW."coordinator_id", NEW."end_edtf", NEW."end_from", NEW."end_to", NEW."for_id", NEW."id", NEW."instrument_id", NEW."number", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."start_edtf", NEW."start_from", NEW."start_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "contract_history_delete" AFTER DELETE ON "contract" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "contract_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contract_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "addendum_history_insert" AFTER INSERT ON "addendum" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "addendum_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "addendum_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "addendum_history" ("contract_id", "id", "kind_code", "number", "signed_edtf", "signed_from", "signed_to", "subject_cs", "subject_en", change_from, change_to)
  VALUES (NEW."contract_id", NEW."id", NEW."kind_code", NEW."number", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."subject_cs", NEW."subject_en", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "addendum_history_update" AFTER UPDATE ON "addendum" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of addendum is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "addendum_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "addendum_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "addendum_history" ("contract_id", "id", "kind_code", "number", "signed_edtf", "signed_from", "signed_to", "subject_cs", "subject_en", change_from, change_to)
  VALUES (NEW."contract_id", NEW."id", NEW."kind_code", NEW."number", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."subject_cs", NEW."subject_en", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "addendum_history_delete" AFTER DELETE ON "addendum" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "addendum_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "addendum_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "flow_history_insert" AFTER INSERT ON "flow" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "flow_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "flow_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "flow_history" ("addendum_id", "amount_currency", "amount_mark", "amount_minor", "booked_id", "contract_id", "id", "included_certainty", "included_in_id", "instrument_id", "provider_id", "purpose_cs", "purpose_en", "receiver_id", "type_code", "unknown_reason", "valued_edtf", "valued_from", "valued_to", change_from, change_to)
  VALUES (NEW."addendum_id", NEW."amount_currency", NEW."amount_mark", NEW."amount_minor", NEW."booked_id", NEW."contract_id", NEW."id", NEW."included_certainty", NEW."included_in_id", NEW."instrument_id", NEW."provider_id", NEW."purpose_cs", NEW."purpose_en", NEW."receiver_id", NEW."type_code", NEW."unknown_reason", NEW."valued_edtf", NEW."valued_from", NEW."valued_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "flow_history_update" AFTER UPDATE ON "flow" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of flow is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "flow_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "flow_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "flow_history" ("addendum_id", "amount_currency", "amount_mark", "amount_minor", "booked_id", "contract_id", "id", "included_certainty", "included_in_id", "instrument_id", "provider_id", "purpose_cs", "purpose_en", "receiver_id", "type_code", "unknown_reason", "valued_edtf", "valued_from", "valued_to", change_from, change_to)
  VALUES (NEW."addendum_id", NEW."amount_currency", NEW."amount_mark", NEW."amount_minor", NEW."booked_id", NEW."contract_id", NEW."id", NEW."included_certainty", NEW."included_in_id", NEW."instrument_id", NEW."provider_id", NEW."purpose_cs", NEW."purpose_en", NEW."receiver_id", NEW."type_code", NEW."unknown_reason", NEW."valued_edtf", NEW."valued_from", NEW."valued_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "flow_history_delete" AFTER DELETE ON "flow" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "flow_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "flow_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
