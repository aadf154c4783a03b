CREATE TABLE donor_let_go_history (
	id INTEGER NOT NULL, 
	file_id INTEGER, 
	sheet VARCHAR(64), 
	row INTEGER, 
	"column" INTEGER, 
	key VARCHAR(80), 
	label TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_donor_let_go_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX uq_donor_let_go_file_id_sheet_row_column_history ON donor_let_go_history (file_id, sheet, row, "column", change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_donor_let_go_history_open ON donor_let_go_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE donor_let_go (
	id SERIAL NOT NULL, 
	file_id INTEGER NOT NULL, 
	sheet VARCHAR(64) NOT NULL, 
	row INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	key VARCHAR(80) NOT NULL, 
	label TEXT NOT NULL, 
	CONSTRAINT pk_donor_let_go PRIMARY KEY (id), 
	CONSTRAINT uq_donor_let_go_file_id_sheet_row_column UNIQUE (file_id, sheet, row, "column"), 
	CONSTRAINT fk_donor_let_go_file_id FOREIGN KEY(file_id) REFERENCES donor_file (id)
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

CREATE FUNCTION public."donor_let_go_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."donor_let_go_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_let_go_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."donor_let_go_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."donor_let_go_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."donor_let_go_history" ("column", "file_id", "id", "key", "label", "row", "sheet", change_from, change_to)
    VALUES (NEW."column", NEW."file_id", NEW."id", NEW."key", NEW."label", NEW."row", NEW."sheet", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "donor_let_go_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."donor_let_go" FOR EACH ROW EXECUTE FUNCTION public."donor_let_go_history_write"()

-- next statement --

CREATE TRIGGER "donor_let_go_history_truncate" BEFORE TRUNCATE ON public."donor_let_go" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."donor_let_go" AS SELECT "column", "file_id", "id", "key", "label", "row", "sheet" FROM public."donor_let_go_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
