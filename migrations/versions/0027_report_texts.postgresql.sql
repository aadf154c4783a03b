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

CREATE SCHEMA IF NOT EXISTS asof

-- next statement --

CREATE OR REPLACE FUNCTION public.history_truncate_refused() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PH003', MESSAGE = 'TRUNCATE bypasses the history of ' || TG_TABLE_NAME;
END
$body$

-- next statement --

CREATE FUNCTION public."report_text_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."report_text_history" WHERE "due_report_id" = OLD."due_report_id" AND "code" = OLD."code" AND change_to IS NULL AND change_from = c;
  UPDATE public."report_text_history" SET change_to = c WHERE "due_report_id" = OLD."due_report_id" AND "code" = OLD."code" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."due_report_id" IS DISTINCT FROM OLD."due_report_id" OR NEW."code" IS DISTINCT FROM OLD."code" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."report_text_history" WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL AND change_from = c;
  UPDATE public."report_text_history" SET change_to = c WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL;
  INSERT INTO public."report_text_history" ("code", "due_report_id", "in_step", "text_cs", "text_en", "version", change_from, change_to)
    VALUES (NEW."code", NEW."due_report_id", NEW."in_step", NEW."text_cs", NEW."text_en", NEW."version", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "report_text_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."report_text" FOR EACH ROW EXECUTE FUNCTION public."report_text_history_write"()

-- next statement --

CREATE TRIGGER "report_text_history_truncate" BEFORE TRUNCATE ON public."report_text" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."report_text" AS SELECT "code", "due_report_id", "in_step", "text_cs", "text_en", "version" FROM public."report_text_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
