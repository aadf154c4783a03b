CREATE TABLE obligation_history (
	id INTEGER NOT NULL, 
	of_id INTEGER, 
	kind_code VARCHAR(32), 
	recipient_id INTEGER, 
	language VARCHAR(8), 
	starts_edtf VARCHAR(64), 
	starts_from DATE, 
	starts_to DATE, 
	ends_edtf VARCHAR(64), 
	ends_from DATE, 
	ends_to DATE, 
	every INTEGER, 
	due_days INTEGER, 
	due_months INTEGER, 
	due_rule_cs TEXT, 
	due_rule_en TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_obligation_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_obligation_of_id_history ON obligation_history (of_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_obligation_recipient_id_history ON obligation_history (recipient_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_obligation_history_open ON obligation_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE due_report_history (
	id INTEGER NOT NULL, 
	obligation_id INTEGER, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	due_edtf VARCHAR(64), 
	due_from DATE, 
	due_to DATE, 
	state VARCHAR(16), 
	edition INTEGER, 
	prepared_by_id INTEGER, 
	checked_by_id INTEGER, 
	sent_edtf VARCHAR(64), 
	sent_from DATE, 
	sent_to DATE, 
	returned_for TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_due_report_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_due_report_due_to_history ON due_report_history (due_to, change_from, change_to)

-- next statement --

CREATE INDEX ix_due_report_obligation_history ON due_report_history (obligation_id, period_from, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_due_report_history_open ON due_report_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE obligation (
	id INTEGER NOT NULL, 
	of_id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	recipient_id INTEGER, 
	language VARCHAR(8), 
	starts_edtf VARCHAR(64), 
	starts_from DATE, 
	starts_to DATE, 
	ends_edtf VARCHAR(64), 
	ends_from DATE, 
	ends_to DATE, 
	every INTEGER, 
	due_days INTEGER, 
	due_months INTEGER, 
	due_rule_cs TEXT NOT NULL, 
	due_rule_en TEXT NOT NULL, 
	CONSTRAINT pk_obligation PRIMARY KEY (id), 
	CONSTRAINT fk_obligation_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_obligation_of_id FOREIGN KEY(of_id) REFERENCES record (id), 
	CONSTRAINT fk_obligation_recipient_id FOREIGN KEY(recipient_id) REFERENCES organisation (id)
)

-- next statement --

CREATE INDEX ix_obligation_of_id ON obligation (of_id)

-- next statement --

CREATE INDEX ix_obligation_recipient_id ON obligation (recipient_id)

-- next statement --

CREATE TABLE due_report (
	id INTEGER NOT NULL, 
	obligation_id INTEGER NOT NULL, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	due_edtf VARCHAR(64), 
	due_from DATE, 
	due_to DATE, 
	state VARCHAR(16) NOT NULL, 
	edition INTEGER NOT NULL, 
	prepared_by_id INTEGER, 
	checked_by_id INTEGER, 
	sent_edtf VARCHAR(64), 
	sent_from DATE, 
	sent_to DATE, 
	returned_for TEXT NOT NULL, 
	CONSTRAINT pk_due_report PRIMARY KEY (id), 
	CONSTRAINT fk_due_report_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_due_report_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id), 
	CONSTRAINT fk_due_report_prepared_by_id FOREIGN KEY(prepared_by_id) REFERENCES person (id), 
	CONSTRAINT fk_due_report_checked_by_id FOREIGN KEY(checked_by_id) REFERENCES person (id)
)

-- next statement --

CREATE INDEX ix_due_report_due_to ON due_report (due_to)

-- next statement --

CREATE INDEX ix_due_report_obligation ON due_report (obligation_id, period_from)

-- next statement --

CREATE TABLE report_notice (
	due_report_id INTEGER NOT NULL, 
	stage VARCHAR(8) NOT NULL, 
	due_on DATE NOT NULL, 
	told_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_report_notice PRIMARY KEY (due_report_id, stage, due_on), 
	CONSTRAINT fk_report_notice_due_report_id FOREIGN KEY(due_report_id) REFERENCES due_report (id) ON DELETE CASCADE
)

-- next statement --

CREATE TRIGGER "obligation_history_insert" AFTER INSERT ON "obligation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "obligation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "obligation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "obligation_history" ("due_days", "due_months", "due_rule_cs", "due_rule_en", "ends_edtf", "ends_from", "ends_to", "every", "id", "kind_code", "language", "of_id", "recipient_id", "starts_edtf", "starts_from", "starts_to", change_from, change_to)
  VALUES (NEW."due_days", NEW."due_months", NEW."due_rule_cs", NEW."due_rule_en", NEW."ends_edtf", NEW."ends_from", NEW."ends_to", NEW."every", NEW."id", NEW."kind_code", NEW."language", NEW."of_id", NEW."recipient_id", NEW."starts_edtf", NEW."starts_from", NEW."starts_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "obligation_history_update" AFTER UPDATE ON "obligation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of obligation is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "obligation_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "obligation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "obligation_history" ("due_days", "due_months", "due_rule_cs", "due_rule_en", "ends_edtf", "ends_from", "ends_to", "every", "id", "kind_code", "language", "of_id", "recipient_id", "starts_edtf", "starts_from", "starts_to", change_from, change_to)
  VALUES (NEW."due_days", NEW."due_months", NEW."due_rule_cs", NEW."due_rule_en", NEW."ends_edtf", NEW."ends_from", NEW."ends_to", NEW."every", NEW."id", NEW."kind_code", NEW."language", NEW."of_id", NEW."recipient_id", NEW."starts_edtf", NEW."starts_from", NEW."starts_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "obligation_history_delete" AFTER DELETE ON "obligation" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "obligation_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "obligation_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "due_report_history_insert" AFTER INSERT ON "due_report" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "due_report_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "due_report_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "due_report_history" ("checked_by_id", "due_edtf", "due_from", "due_to", "edition", "id", "obligation_id", "period_edtf", "period_from", "period_to", "prepared_by_id", "returned_for", "sent_edtf", "sent_from", "sent_to", "state", change_from, change_to)
  VALUES (NEW."checked_by_id", NEW."due_edtf", NEW."due_from", NEW."due_to", NEW."edition", NEW."id", NEW."obligation_id", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."prepared_by_id", NEW."returned_for", NEW."sent_edtf", NEW."sent_from", NEW."sent_to", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "due_report_history_update" AFTER UPDATE ON "due_report" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of due_report is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "due_report_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "due_report_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "due_report_history" ("checked_by_id", "due_edtf", "due_from", "due_to", "edition", "id", "obligation_id", "period_edtf", "period_from", "period_to", "prepared_by_id", "returned_for", "sent_edtf", "sent_from", "sent_to", "state", change_from, change_to)
  VALUES (NEW."checked_by_id", NEW."due_edtf", NEW."due_from", NEW."due_to", NEW."edition", NEW."id", NEW."obligation_id", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."prepared_by_id", NEW."returned_for", NEW."sent_edtf", NEW."sent_from", NEW."sent_to", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "due_report_history_delete" AFTER DELETE ON "due_report" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "due_report_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "due_report_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
