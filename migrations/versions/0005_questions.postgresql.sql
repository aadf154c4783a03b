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

CREATE SCHEMA IF NOT EXISTS asof

-- next statement --

CREATE OR REPLACE FUNCTION public.history_truncate_refused() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PH003', MESSAGE = 'TRUNCATE bypasses the history of ' || TG_TABLE_NAME;
END
$body$

-- next statement --

CREATE FUNCTION public."question_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."question_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."question_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."question_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."question_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."question_history" ("about_id", "advice_cs", "advice_en", "answer_cs", "answer_en", "id", "state", change_from, change_to)
    VALUES (NEW."about_id", NEW."advice_cs", NEW."advice_en", NEW."answer_cs", NEW."answer_en", NEW."id", NEW."state", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "question_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."question" FOR EACH ROW EXECUTE FUNCTION public."question_history_write"()

-- next statement --

CREATE TRIGGER "question_history_truncate" BEFORE TRUNCATE ON public."question" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."question" AS SELECT "about_id", "advice_cs", "advice_en", "answer_cs", "answer_en", "id", "state" FROM public."question_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
