CREATE TABLE report_text_history (
	due_report_id INTEGER NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	text_cs TEXT, 
	text_en TEXT, 
	in_step BOOLEAN, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_report_text_history PRIMARY KEY (due_report_id, code, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_report_text_history_open ON report_text_history (due_report_id, code) WHERE change_to IS NULL

-- next statement --

CREATE TABLE report_text (
	due_report_id INTEGER NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	text_cs TEXT NOT NULL, 
	text_en TEXT NOT NULL, 
	in_step BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_report_text PRIMARY KEY (due_report_id, code), 
	CONSTRAINT fk_report_text_due_report_id FOREIGN KEY(due_report_id) REFERENCES due_report (id) ON DELETE CASCADE
)

-- next statement --

CREATE TRIGGER "report_text_history_insert" AFTER INSERT ON "report_text" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "report_text_history" WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "report_text_history" SET change_to = (SELECT change_id FROM change_open) WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL;
  INSERT INTO "report_text_history" ("code", "due_report_id", "in_step", "text_cs", "text_en", "version", change_from, change_to)
  VALUES (NEW."code", NEW."due_report_id", NEW."in_step", NEW."text_cs", NEW."text_en", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "report_text_history_update" AFTER UPDATE ON "report_text" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of report_text is immutable') WHERE OLD."due_report_id" IS NOT NEW."due_report_id" OR OLD."code" IS NOT NEW."code";
  DELETE FROM "report_text_history" WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "report_text_history" SET change_to = (SELECT change_id FROM change_open) WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL;
  INSERT INTO "report_text_history" ("code", "due_report_id", "in_step", "text_cs", "text_en", "version", change_from, change_to)
  VALUES (NEW."code", NEW."due_report_id", NEW."in_step", NEW."text_cs", NEW."text_en", NEW."version", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "report_text_history_delete" AFTER DELETE ON "report_text" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "report_text_history" WHERE "due_report_id" = OLD."due_report_id" AND "code" = OLD."code" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "report_text_history" SET change_to = (SELECT change_id FROM change_open) WHERE "due_report_id" = OLD."due_report_id" AND "code" = OLD."code" AND change_to IS NULL;
END
