CREATE TABLE contact_history (
	id INTEGER NOT NULL, 
	organisation_id INTEGER, 
	concerns_id INTEGER, 
	function_cs TEXT, 
	function_en TEXT, 
	email VARCHAR(254), 
	phone VARCHAR(60), 
	language VARCHAR(8), 
	purpose_cs TEXT, 
	purpose_en TEXT, 
	sought TEXT, 
	delete_on DATE, 
	entered_by_id INTEGER, 
	erased_on DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_contact_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_contact_concerns_id_history ON contact_history (concerns_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_contact_delete_on_history ON contact_history (delete_on, change_from, change_to)

-- next statement --

CREATE INDEX ix_contact_organisation_id_history ON contact_history (organisation_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_contact_history_open ON contact_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE recently_opened (
	person_id INTEGER NOT NULL, 
	record_id INTEGER NOT NULL, 
	opened_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_recently_opened PRIMARY KEY (person_id, record_id), 
	CONSTRAINT fk_recently_opened_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_recently_opened_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_recently_opened_person ON recently_opened (person_id, opened_at)

-- next statement --

CREATE INDEX ix_recently_opened_record_id ON recently_opened (record_id)

-- next statement --

CREATE TABLE contact (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	concerns_id INTEGER, 
	function_cs TEXT NOT NULL, 
	function_en TEXT NOT NULL, 
	email VARCHAR(254), 
	phone VARCHAR(60), 
	language VARCHAR(8), 
	purpose_cs TEXT NOT NULL, 
	purpose_en TEXT NOT NULL, 
	sought TEXT NOT NULL, 
	delete_on DATE, 
	entered_by_id INTEGER, 
	erased_on DATE, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT fk_contact_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contact_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_contact_concerns_id FOREIGN KEY(concerns_id) REFERENCES record (id), 
	CONSTRAINT fk_contact_entered_by_id FOREIGN KEY(entered_by_id) REFERENCES person (id)
)

-- next statement --

CREATE INDEX ix_contact_concerns_id ON contact (concerns_id)

-- next statement --

CREATE INDEX ix_contact_delete_on ON contact (delete_on)

-- next statement --

CREATE INDEX ix_contact_organisation_id ON contact (organisation_id)

-- next statement --

CREATE TABLE contact_notice (
	contact_id INTEGER NOT NULL, 
	delete_on DATE NOT NULL, 
	told_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_contact_notice PRIMARY KEY (contact_id, delete_on), 
	CONSTRAINT fk_contact_notice_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)

-- next statement --

CREATE TRIGGER "contact_history_insert" AFTER INSERT ON "contact" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "contact_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contact_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "contact_history" ("concerns_id", "delete_on", "email", "entered_by_id", "erased_on", "function_cs", "function_en", "id", "language", "organisation_id", "phone", "purpose_cs", "purpose_en", "sought", change_from, change_to)
  VALUES (NEW."concerns_id", NEW."delete_on", NEW."email", NEW."entered_by_id", NEW."erased_on", NEW."function_cs", NEW."function_en", NEW."id", NEW."language", NEW."organisation_id", NEW."phone", NEW."purpose_cs", NEW."purpose_en", NEW."sought", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "contact_history_update" AFTER UPDATE ON "contact" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of contact is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "contact_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contact_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "contact_history" ("concerns_id", "delete_on", "email", "entered_by_id", "erased_on", "function_cs", "function_en", "id", "language", "organisation_id", "phone", "purpose_cs", "purpose_en", "sought", change_from, change_to)
  VALUES (NEW."concerns_id", NEW."delete_on", NEW."email", NEW."entered_by_id", NEW."erased_on", NEW."function_cs", NEW."function_en", NEW."id", NEW."language", NEW."organisation_id", NEW."phone", NEW."purpose_cs", NEW."purpose_en", NEW."sought", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "contact_history_delete" AFTER DELETE ON "contact" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "contact_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contact_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
