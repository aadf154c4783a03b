CREATE TABLE legal_instrument_history (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	status VARCHAR(24), 
	number_cs TEXT, 
	number_en TEXT, 
	full_title_cs TEXT, 
	full_title_en TEXT, 
	aim_cs TEXT, 
	aim_en TEXT, 
	dated_edtf VARCHAR(64), 
	dated_from DATE, 
	dated_to DATE, 
	adopted_on_edtf VARCHAR(64), 
	adopted_on_from DATE, 
	adopted_on_to DATE, 
	adopted_by_id INTEGER, 
	adopted_by_words_cs TEXT, 
	adopted_by_words_en TEXT, 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	concluded_edtf VARCHAR(64), 
	concluded_from DATE, 
	concluded_to DATE, 
	in_force_edtf VARCHAR(64), 
	in_force_from DATE, 
	in_force_to DATE, 
	transposition_deadline_edtf VARCHAR(64), 
	transposition_deadline_from DATE, 
	transposition_deadline_to DATE, 
	end_of_validity_edtf VARCHAR(64), 
	end_of_validity_from DATE, 
	end_of_validity_to DATE, 
	repealed_by_cs TEXT, 
	repealed_by_en TEXT, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	text_version_cs TEXT, 
	text_version_en TEXT, 
	laid_down_in_id INTEGER, 
	celex VARCHAR(40), 
	oj TEXT, 
	eli TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_legal_instrument_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_legal_instrument_adopted_by_id_history ON legal_instrument_history (adopted_by_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_legal_instrument_laid_down_in_id_history ON legal_instrument_history (laid_down_in_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_legal_instrument_history_open ON legal_instrument_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE legal_instrument (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	status VARCHAR(24), 
	number_cs TEXT NOT NULL, 
	number_en TEXT NOT NULL, 
	full_title_cs TEXT NOT NULL, 
	full_title_en TEXT NOT NULL, 
	aim_cs TEXT NOT NULL, 
	aim_en TEXT NOT NULL, 
	dated_edtf VARCHAR(64), 
	dated_from DATE, 
	dated_to DATE, 
	adopted_on_edtf VARCHAR(64), 
	adopted_on_from DATE, 
	adopted_on_to DATE, 
	adopted_by_id INTEGER, 
	adopted_by_words_cs TEXT NOT NULL, 
	adopted_by_words_en TEXT NOT NULL, 
	signed_edtf VARCHAR(64), 
	signed_from DATE, 
	signed_to DATE, 
	concluded_edtf VARCHAR(64), 
	concluded_from DATE, 
	concluded_to DATE, 
	in_force_edtf VARCHAR(64), 
	in_force_from DATE, 
	in_force_to DATE, 
	transposition_deadline_edtf VARCHAR(64), 
	transposition_deadline_from DATE, 
	transposition_deadline_to DATE, 
	end_of_validity_edtf VARCHAR(64), 
	end_of_validity_from DATE, 
	end_of_validity_to DATE, 
	repealed_by_cs TEXT NOT NULL, 
	repealed_by_en TEXT NOT NULL, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	text_version_cs TEXT NOT NULL, 
	text_version_en TEXT NOT NULL, 
	laid_down_in_id INTEGER, 
	celex VARCHAR(40), 
	oj TEXT, 
	eli TEXT, 
	CONSTRAINT pk_legal_instrument PRIMARY KEY (id), 
	CONSTRAINT fk_legal_instrument_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_legal_instrument_adopted_by_id FOREIGN KEY(adopted_by_id) REFERENCES organisation (id), 
	CONSTRAINT fk_legal_instrument_laid_down_in_id FOREIGN KEY(laid_down_in_id) REFERENCES legal_instrument (id)
)

-- next statement --

CREATE INDEX ix_legal_instrument_adopted_by_id ON legal_instrument (adopted_by_id)

-- next statement --

CREATE INDEX ix_legal_instrument_laid_down_in_id ON legal_instrument (laid_down_in_id)

-- next statement --

CREATE TRIGGER "legal_instrument_history_insert" AFTER INSERT ON "legal_instrument" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "legal_instrument_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "legal_instrument_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "legal_instrument_history" ("adopted_by_id", "adopted_by_words_cs", "adopted_by_words_en", "adopted_on_edtf", "adopted_on_from", "adopted_on_to", "aim_cs", "aim_en", "celex", "concluded_edtf", "concluded_from", "concluded_to", "dated_edtf", "dated_from", "dated_to", "eli", "end_of_validity_edtf", "end_of_validity_from", "end_of_validity_to", "full_title_cs", "full_title_en", "id", "in_force_edtf", "in_force_from", "in_force_to", "kind_code", "laid_down_in_id", "number_cs", "number_en", "oj", "period_edtf", "period_from", "period_to", "repealed_by_cs", "repealed_by_en", "signed_edtf", "signed_from", "signed_to", "status", "text_version_cs", "text_version_en", "transposition_deadline_edtf", "transposition_deadline_from", "transposition_deadline_to", change_from, change_to)
  VALUES (NEW."adopted_by_id", NEW."adopted_by_words_cs", NEW."adopted_by_words_en", NEW."adopted_on_edtf", NEW."adopted_on_from", NEW."adopted_on_to", NEW."aim_cs", NEW."aim_en", NEW."celex", NEW."concluded_edtf", NEW."concluded_from", NEW."concluded_to", NEW."dated_edtf", NEW."dated_from", NEW."dated_to", NEW."eli", NEW."end_of_validity_edtf", NEW."end_of_validity_from", NEW."end_of_validity_to", NEW."full_title_cs", NEW."full_title_en", NEW."id", NEW."in_force_edtf", NEW."in_force_from", NEW."in_force_to", NEW."kind_code", NEW."laid_down_in_id", NEW."number_cs", NEW."number_en", NEW."oj", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."repealed_by_cs", NEW."repealed_by_en", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."status", NEW."text_version_cs", NEW."text_version_en", NEW."transposition_deadline_edtf", NEW."transposition_deadline_from", NEW."transposition_deadline_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "legal_instrument_history_update" AFTER UPDATE ON "legal_instrument" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of legal_instrument is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "legal_instrument_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "legal_instrument_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "legal_instrument_history" ("adopted_by_id", "adopted_by_words_cs", "adopted_by_words_en", "adopted_on_edtf", "adopted_on_from", "adopted_on_to", "aim_cs", "aim_en", "celex", "concluded_edtf", "concluded_from", "concluded_to", "dated_edtf", "dated_from", "dated_to", "eli", "end_of_validity_edtf", "end_of_validity_from", "end_of_validity_to", "full_title_cs", "full_title_en", "id", "in_force_edtf", "in_force_from", "in_force_to", "kind_code", "laid_down_in_id", "number_cs", "number_en", "oj", "period_edtf", "period_from", "period_to", "repealed_by_cs", "repealed_by_en", "signed_edtf", "signed_from", "signed_to", "status", "text_version_cs", "text_version_en", "transposition_deadline_edtf", "transposition_deadline_from", "transposition_deadline_to", change_from, change_to)
  VALUES (NEW."adopted_by_id", NEW."adopted_by_words_cs", NEW."adopted_by_words_en", NEW."adopted_on_edtf", NEW."adopted_on_from", NEW."adopted_on_to", NEW."aim_cs", NEW."aim_en", NEW."celex", NEW."concluded_edtf", NEW."concluded_from", NEW."concluded_to", NEW."dated_edtf", NEW."dated_from", NEW."dated_to", NEW."eli", NEW."end_of_validity_edtf", NEW."end_of_validity_from", NEW."end_of_validity_to", NEW."full_title_cs", NEW."full_title_en", NEW."id", NEW."in_force_edtf", NEW."in_force_from", NEW."in_force_to", NEW."kind_code", NEW."laid_down_in_id", NEW."number_cs", NEW."number_en", NEW."oj", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."repealed_by_cs", NEW."repealed_by_en", NEW."signed_edtf", NEW."signed_from", NEW."signed_to", NEW."status", NEW."text_version_cs", NEW."text_version_en", NEW."transposition_deadline_edtf", NEW."transposition_deadline_from", NEW."transposition_deadline_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "legal_instrument_history_delete" AFTER DELETE ON "legal_instrument" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "legal_instrument_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "legal_instrument_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
