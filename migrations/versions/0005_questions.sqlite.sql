CREATE TABLE question_history (
	id INTEGER NOT NULL, 
	about_id INTEGER, 
	advice_cs TEXT, 
	advice_en TEXT, 
	state VARCHAR(8), 
	answer_cs TEXT, 
	answer_en TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_question_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_question_about_id_history ON question_history (about_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_question_history_open ON question_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE question (
	id INTEGER NOT NULL, 
	about_id INTEGER NOT NULL, 
	advice_cs TEXT NOT NULL, 
	advice_en TEXT NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	answer_cs TEXT NOT NULL, 
	answer_en TEXT NOT NULL, 
	CONSTRAINT pk_question PRIMARY KEY (id), 
	CONSTRAINT fk_question_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_question_about_id FOREIGN KEY(about_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_question_about_id ON question (about_id)

-- next statement --

CREATE TRIGGER "question_history_insert" AFTER INSERT ON "question" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "question_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "question_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "question_history" ("about_id", "advice_cs", "advice_en", "answer_cs", "answer_en", "id", "state", change_from, change_to)
  VALUES (NEW."about_id", NEW."advice_cs", NEW."advice_en", NEW."answer_cs", NEW."answer_en", NEW."id", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "question_history_update" AFTER UPDATE ON "question" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of question is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "question_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "question_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "question_history" ("about_id", "advice_cs", "advice_en", "answer_cs", "answer_en", "id", "state", change_from, change_to)
  VALUES (NEW."about_id", NEW."advice_cs", NEW."advice_en", NEW."answer_cs", NEW."answer_en", NEW."id", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "question_history_delete" AFTER DELETE ON "question" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "question_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "question_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
