CREATE TABLE donor_file_bytes (
	digest VARCHAR(64) NOT NULL, 
	data BYTEA NOT NULL, 
	look TEXT NOT NULL, 
	CONSTRAINT pk_donor_file_bytes PRIMARY KEY (digest)
)

-- next statement --

CREATE TABLE donor_workbook_history (
	id INTEGER NOT NULL, 
	name_cs TEXT, 
	name_en TEXT, 
	recipient_id INTEGER, 
	kinds TEXT, 
	note TEXT, 
	withdrawn TEXT, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_donor_workbook_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_donor_workbook_recipient_id_history ON donor_workbook_history (recipient_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_donor_workbook_history_open ON donor_workbook_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE donor_file_history (
	id INTEGER NOT NULL, 
	workbook_id INTEGER, 
	number INTEGER, 
	file_name VARCHAR(200), 
	digest VARCHAR(64), 
	valid_from DATE, 
	valid_to DATE, 
	change_id INTEGER, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_donor_file_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_donor_file_digest_history ON donor_file_history (digest, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_donor_file_history_open ON donor_file_history (id) WHERE change_to IS NULL

-- next statement --

CREATE INDEX uq_donor_file_workbook_id_number_history ON donor_file_history (workbook_id, number, change_from, change_to)

-- next statement --

CREATE TABLE donor_cell_history (
	id INTEGER NOT NULL, 
	file_id INTEGER, 
	sheet VARCHAR(64), 
	row INTEGER, 
	"column" INTEGER, 
	last INTEGER, 
	key VARCHAR(80), 
	language VARCHAR(2), 
	text_limit INTEGER, 
	counting VARCHAR(16), 
	otherwise VARCHAR(16), 
	label TEXT, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_donor_cell_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX uq_donor_cell_file_id_sheet_row_column_history ON donor_cell_history (file_id, sheet, row, "column", change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_donor_cell_history_open ON donor_cell_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE donor_workbook (
	id SERIAL NOT NULL, 
	name_cs TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	recipient_id INTEGER, 
	kinds TEXT NOT NULL, 
	note TEXT NOT NULL, 
	withdrawn TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_donor_workbook PRIMARY KEY (id), 
	CONSTRAINT fk_donor_workbook_recipient_id FOREIGN KEY(recipient_id) REFERENCES organisation (id)
)

-- next statement --

CREATE INDEX ix_donor_workbook_recipient_id ON donor_workbook (recipient_id)

-- next statement --

CREATE TABLE donor_file (
	id SERIAL NOT NULL, 
	workbook_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	file_name VARCHAR(200) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_to DATE, 
	change_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_donor_file PRIMARY KEY (id), 
	CONSTRAINT uq_donor_file_workbook_id_number UNIQUE (workbook_id, number), 
	CONSTRAINT ck_donor_file_number_counts CHECK (number > 0), 
	CONSTRAINT fk_donor_file_workbook_id FOREIGN KEY(workbook_id) REFERENCES donor_workbook (id), 
	CONSTRAINT fk_donor_file_digest FOREIGN KEY(digest) REFERENCES donor_file_bytes (digest), 
	CONSTRAINT fk_donor_file_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

-- next statement --

CREATE INDEX ix_donor_file_digest ON donor_file (digest)

-- next statement --

CREATE TABLE donor_cell (
	id SERIAL NOT NULL, 
	file_id INTEGER NOT NULL, 
	sheet VARCHAR(64) NOT NULL, 
	row INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	last INTEGER, 
	key VARCHAR(80) NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	text_limit INTEGER, 
	counting VARCHAR(16) NOT NULL, 
	otherwise VARCHAR(16) NOT NULL, 
	label TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_donor_cell PRIMARY KEY (id), 
	CONSTRAINT uq_donor_cell_file_id_sheet_row_column UNIQUE (file_id, sheet, row, "column"), 
	CONSTRAINT fk_donor_cell_file_id FOREIGN KEY(file_id) REFERENCES donor_file (id)
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

CREATE FUNCTION public."donor_workbook_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."donor_workbook_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_workbook_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."donor_workbook_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_workbook_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."donor_workbook_history" ("id", "kinds", "name_cs", "name_en", "note", "recipient_id", "version", "withdrawn", change_from, change_to)
    VALUES (NEW."id", NEW."kinds", NEW."name_cs", NEW."name_en", NEW."note", NEW."recipient_id", NEW."version", NEW."withdrawn", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "donor_workbook_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."donor_workbook" FOR EACH ROW EXECUTE FUNCTION public."donor_workbook_history_write"()

-- next statement --

CREATE TRIGGER "donor_workbook_history_truncate" BEFORE TRUNCATE ON public."donor_workbook" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."donor_workbook" AS SELECT "id", "kinds", "name_cs", "name_en", "note", "recipient_id", "version", "withdrawn" FROM public."donor_workbook_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."donor_file_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."donor_file_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_file_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."donor_file_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_file_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."donor_file_history" ("change_id", "digest", "file_name", "id", "number", "valid_from", "valid_to", "version", "workbook_id", change_from, change_to)
    VALUES (NEW."change_id", NEW."digest", NEW."file_name", NEW."id", NEW."number", NEW."valid_from", NEW."valid_to", NEW."version", NEW."workbook_id", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "donor_file_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."donor_file" FOR EACH ROW EXECUTE FUNCTION public."donor_file_history_write"()

-- next statement --

CREATE TRIGGER "donor_file_history_truncate" BEFORE TRUNCATE ON public."donor_file" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."donor_file" AS SELECT "change_id", "digest", "file_name", "id", "number", "valid_from", "valid_to", "version", "workbook_id" FROM public."donor_file_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."donor_cell_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."donor_cell_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_cell_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."donor_cell_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_cell_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."donor_cell_history" ("column", "counting", "file_id", "id", "key", "label", "language", "last", "otherwise", "row", "sheet", "text_limit", "version", change_from, change_to)
    VALUES (NEW."column", NEW."counting", NEW."file_id", NEW."id", NEW."key", NEW."label", NEW."language", NEW."last", NEW."otherwise", NEW."row", NEW."sheet", NEW."text_limit", NEW."version", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "donor_cell_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."donor_cell" FOR EACH ROW EXECUTE FUNCTION public."donor_cell_history_write"()

-- next statement --

CREATE TRIGGER "donor_cell_history_truncate" BEFORE TRUNCATE ON public."donor_cell" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."donor_cell" AS SELECT "column", "counting", "file_id", "id", "key", "label", "language", "last", "otherwise", "row", "sheet", "text_limit", "version" FROM public."donor_cell_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
