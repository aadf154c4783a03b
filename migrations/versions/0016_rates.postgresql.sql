CREATE TABLE rate_import_history (
	id INTEGER NOT NULL, 
	file_name VARCHAR(200), 
	file_hash VARCHAR(64), 
	number INTEGER, 
	reason TEXT, 
	change_id INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_rate_import_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_rate_import_history_open ON rate_import_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE monthly_rate_history (
	id INTEGER NOT NULL, 
	currency VARCHAR(3), 
	month DATE, 
	edition INTEGER, 
	current BOOLEAN, 
	per_euro VARCHAR(32), 
	source VARCHAR(300), 
	retrieved DATE, 
	place VARCHAR(120), 
	import_id INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_monthly_rate_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_monthly_rate_import_id_history ON monthly_rate_history (import_id, change_from, change_to)

-- next statement --

CREATE INDEX uq_monthly_rate_currency_month_edition_history ON monthly_rate_history (currency, month, edition, change_from, change_to)

-- next statement --

CREATE INDEX uq_monthly_rate_current_history ON monthly_rate_history (currency, month, change_from, change_to) WHERE current

-- next statement --

CREATE UNIQUE INDEX uq_monthly_rate_history_open ON monthly_rate_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE rate_import (
	id SERIAL NOT NULL, 
	file_name VARCHAR(200) NOT NULL, 
	file_hash VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_rate_import PRIMARY KEY (id), 
	CONSTRAINT fk_rate_import_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

-- next statement --

CREATE TABLE rate_draft (
	id SERIAL NOT NULL, 
	person_id INTEGER NOT NULL, 
	file_name VARCHAR(200) NOT NULL, 
	file_hash VARCHAR(64) NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	lines TEXT NOT NULL, 
	CONSTRAINT pk_rate_draft PRIMARY KEY (id), 
	CONSTRAINT fk_rate_draft_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_rate_draft_person_id ON rate_draft (person_id)

-- next statement --

CREATE TABLE monthly_rate (
	id SERIAL NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	month DATE NOT NULL, 
	edition INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	per_euro VARCHAR(32) NOT NULL, 
	source VARCHAR(300) NOT NULL, 
	retrieved DATE NOT NULL, 
	place VARCHAR(120) NOT NULL, 
	import_id INTEGER NOT NULL, 
	CONSTRAINT pk_monthly_rate PRIMARY KEY (id), 
	CONSTRAINT uq_monthly_rate_currency_month_edition UNIQUE (currency, month, edition), 
	CONSTRAINT ck_monthly_rate_edition_counts CHECK (edition > 0), 
	CONSTRAINT fk_monthly_rate_import_id FOREIGN KEY(import_id) REFERENCES rate_import (id)
)

-- next statement --

CREATE INDEX ix_monthly_rate_import_id ON monthly_rate (import_id)

-- next statement --

CREATE UNIQUE INDEX uq_monthly_rate_current ON monthly_rate (currency, month) WHERE current

-- next statement --

CREATE SCHEMA IF NOT EXISTS asof

-- next statement --

CREATE OR REPLACE FUNCTION public.history_truncate_refused() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PH003', MESSAGE = 'TRUNCATE bypasses the history of ' || TG_TABLE_NAME;
END
$body$

-- next statement --

CREATE FUNCTION public."rate_import_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."rate_import_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."rate_import_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."rate_import_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."rate_import_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."rate_import_history" ("change_id", "file_hash", "file_name", "id", "number", "reason", change_from, change_to)
    VALUES (NEW."change_id", NEW."file_hash", NEW."file_name", NEW."id", NEW."number", NEW."reason", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "rate_import_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."rate_import" FOR EACH ROW EXECUTE FUNCTION public."rate_import_history_write"()

-- next statement --

CREATE TRIGGER "rate_import_history_truncate" BEFORE TRUNCATE ON public."rate_import" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."rate_import" AS SELECT "change_id", "file_hash", "file_name", "id", "number", "reason" FROM public."rate_import_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."monthly_rate_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."monthly_rate_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."monthly_rate_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."monthly_rate_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."monthly_rate_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."monthly_rate_history" ("currency", "current", "edition", "id", "import_id", "month", "per_euro", "place", "retrieved", "source", change_from, change_to)
    VALUES (NEW."currency", NEW."current", NEW."edition", NEW."id", NEW."import_id", NEW."month", NEW."per_euro", NEW."place", NEW."retrieved", NEW."source", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "monthly_rate_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."monthly_rate" FOR EACH ROW EXECUTE FUNCTION public."monthly_rate_history_write"()

-- next statement --

CREATE TRIGGER "monthly_rate_history_truncate" BEFORE TRUNCATE ON public."monthly_rate" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."monthly_rate" AS SELECT "currency", "current", "edition", "id", "import_id", "month", "per_euro", "place", "retrieved", "source" FROM public."monthly_rate_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
