CREATE TABLE expenditure_history (
	due_report_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	code VARCHAR(16), 
	document VARCHAR(120), 
	paid DATE, 
	payee VARCHAR(300), 
	amount_minor BIGINT, 
	amount_currency VARCHAR(3), 
	quantity VARCHAR(32), 
	explanation TEXT, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_expenditure_history PRIMARY KEY (due_report_id, place, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_expenditure_history_open ON expenditure_history (due_report_id, place) WHERE change_to IS NULL

-- next statement --

CREATE TABLE report_line_history (
	due_report_id INTEGER NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	explanation TEXT, 
	expected_units VARCHAR(32), 
	expected_minor BIGINT, 
	expected_currency VARCHAR(3), 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_report_line_history PRIMARY KEY (due_report_id, code, change_from)
)

-- next statement --

CREATE UNIQUE INDEX uq_report_line_history_open ON report_line_history (due_report_id, code) WHERE change_to IS NULL

-- next statement --

CREATE TABLE budget_history (
	id INTEGER NOT NULL, 
	contract_id INTEGER, 
	addendum_id INTEGER, 
	edition INTEGER, 
	kind_code VARCHAR(16), 
	currency VARCHAR(3), 
	valid_edtf VARCHAR(64), 
	valid_from DATE, 
	valid_to DATE, 
	indirect_limit VARCHAR(32), 
	reserve_limit VARCHAR(32), 
	shift_limit VARCHAR(32), 
	state VARCHAR(8), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_budget_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_budget_addendum_id_history ON budget_history (addendum_id, change_from, change_to)

-- next statement --

CREATE INDEX uq_budget_contract_id_edition_history ON budget_history (contract_id, edition, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_budget_history_open ON budget_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE budget_line_history (
	budget_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	code VARCHAR(16), 
	name_cs TEXT, 
	name_en TEXT, 
	unit VARCHAR(80), 
	number VARCHAR(32), 
	value_minor BIGINT, 
	value_currency VARCHAR(3), 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_budget_line_history PRIMARY KEY (budget_id, place, change_from)
)

-- next statement --

CREATE INDEX uq_budget_line_budget_id_code_history ON budget_line_history (budget_id, code, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_budget_line_history_open ON budget_line_history (budget_id, place) WHERE change_to IS NULL

-- next statement --

CREATE TABLE expenditure (
	due_report_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	document VARCHAR(120) NOT NULL, 
	paid DATE, 
	payee VARCHAR(300) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	amount_currency VARCHAR(3) NOT NULL, 
	quantity VARCHAR(32), 
	explanation TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_expenditure PRIMARY KEY (due_report_id, place), 
	CONSTRAINT fk_expenditure_due_report_id FOREIGN KEY(due_report_id) REFERENCES due_report (id) ON DELETE CASCADE
)

-- next statement --

CREATE TABLE report_line (
	due_report_id INTEGER NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	explanation TEXT NOT NULL, 
	expected_units VARCHAR(32), 
	expected_minor BIGINT, 
	expected_currency VARCHAR(3), 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_report_line PRIMARY KEY (due_report_id, code), 
	CONSTRAINT ck_report_line_expected_whole CHECK ((expected_units IS NULL) = (expected_minor IS NULL) AND (expected_minor IS NULL) = (expected_currency IS NULL)), 
	CONSTRAINT fk_report_line_due_report_id FOREIGN KEY(due_report_id) REFERENCES due_report (id) ON DELETE CASCADE
)

-- next statement --

CREATE TABLE budget (
	id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	addendum_id INTEGER, 
	edition INTEGER NOT NULL, 
	kind_code VARCHAR(16) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	valid_edtf VARCHAR(64), 
	valid_from DATE, 
	valid_to DATE, 
	indirect_limit VARCHAR(32), 
	reserve_limit VARCHAR(32), 
	shift_limit VARCHAR(32), 
	state VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_budget PRIMARY KEY (id), 
	CONSTRAINT uq_budget_contract_id_edition UNIQUE (contract_id, edition), 
	CONSTRAINT fk_budget_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_budget_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT fk_budget_addendum_id FOREIGN KEY(addendum_id) REFERENCES addendum (id)
)

-- next statement --

CREATE INDEX ix_budget_addendum_id ON budget (addendum_id)

-- next statement --

CREATE TABLE budget_line (
	budget_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	name_cs TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	unit VARCHAR(80) NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	value_minor BIGINT NOT NULL, 
	value_currency VARCHAR(3) NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_budget_line PRIMARY KEY (budget_id, place), 
	CONSTRAINT uq_budget_line_budget_id_code UNIQUE (budget_id, code), 
	CONSTRAINT ck_budget_line_value_not_negative CHECK (value_minor >= 0), 
	CONSTRAINT fk_budget_line_budget_id FOREIGN KEY(budget_id) REFERENCES budget (id) ON DELETE CASCADE
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

CREATE FUNCTION public."expenditure_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."expenditure_history" WHERE "due_report_id" = OLD."due_report_id" AND "place" = OLD."place" AND change_to IS NULL AND change_from = c;
  UPDATE public."expenditure_history" SET change_to = c WHERE "due_report_id" = OLD."due_report_id" AND "place" = OLD."place" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."due_report_id" IS DISTINCT FROM OLD."due_report_id" OR NEW."place" IS DISTINCT FROM OLD."place" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."expenditure_history" WHERE "due_report_id" = NEW."due_report_id" AND "place" = NEW."place" AND change_to IS NULL AND change_from = c;
  UPDATE public."expenditure_history" SET change_to = c WHERE "due_report_id" = NEW."due_report_id" AND "place" = NEW."place" AND change_to IS NULL;
  INSERT INTO public."expenditure_history" ("amount_currency", "amount_minor", "code", "document", "due_report_id", "explanation", "paid", "payee", "place", "quantity", "version", change_from, change_to)
    VALUES (NEW."amount_currency", NEW."amount_minor", NEW."code", NEW."document", NEW."due_report_id", NEW."explanation", NEW."paid", NEW."payee", NEW."place", NEW."quantity", NEW."version", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "expenditure_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."expenditure" FOR EACH ROW EXECUTE FUNCTION public."expenditure_history_write"()

-- next statement --

CREATE TRIGGER "expenditure_history_truncate" BEFORE TRUNCATE ON public."expenditure" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."expenditure" AS SELECT "amount_currency", "amount_minor", "code", "document", "due_report_id", "explanation", "paid", "payee", "place", "quantity", "version" FROM public."expenditure_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."report_line_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."report_line_history" WHERE "due_report_id" = OLD."due_report_id" AND "code" = OLD."code" AND change_to IS NULL AND change_from = c;
  UPDATE public."report_line_history" SET change_to = c WHERE "due_report_id" = OLD."due_report_id" AND "code" = OLD."code" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."due_report_id" IS DISTINCT FROM OLD."due_report_id" OR NEW."code" IS DISTINCT FROM OLD."code" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."report_line_history" WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL AND change_from = c;
  UPDATE public."report_line_history" SET change_to = c WHERE "due_report_id" = NEW."due_report_id" AND "code" = NEW."code" AND change_to IS NULL;
  INSERT INTO public."report_line_history" ("code", "due_report_id", "expected_currency", "expected_minor", "expected_units", "explanation", "version", change_from, change_to)
    VALUES (NEW."code", NEW."due_report_id", NEW."expected_currency", NEW."expected_minor", NEW."expected_units", NEW."explanation", NEW."version", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "report_line_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."report_line" FOR EACH ROW EXECUTE FUNCTION public."report_line_history_write"()

-- next statement --

CREATE TRIGGER "report_line_history_truncate" BEFORE TRUNCATE ON public."report_line" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."report_line" AS SELECT "code", "due_report_id", "expected_currency", "expected_minor", "expected_units", "explanation", "version" FROM public."report_line_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."budget_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."budget_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."budget_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."budget_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."budget_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."budget_history" ("addendum_id", "contract_id", "currency", "edition", "id", "indirect_limit", "kind_code", "reserve_limit", "shift_limit", "state", "valid_edtf", "valid_from", "valid_to", change_from, change_to)
    VALUES (NEW."addendum_id", NEW."contract_id", NEW."currency", NEW."edition", NEW."id", NEW."indirect_limit", NEW."kind_code", NEW."reserve_limit", NEW."shift_limit", NEW."state", NEW."valid_edtf", NEW."valid_from", NEW."valid_to", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "budget_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."budget" FOR EACH ROW EXECUTE FUNCTION public."budget_history_write"()

-- next statement --

CREATE TRIGGER "budget_history_truncate" BEFORE TRUNCATE ON public."budget" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."budget" AS SELECT "addendum_id", "contract_id", "currency", "edition", "id", "indirect_limit", "kind_code", "reserve_limit", "shift_limit", "state", "valid_edtf", "valid_from", "valid_to" FROM public."budget_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."budget_line_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."budget_line_history" WHERE "budget_id" = OLD."budget_id" AND "place" = OLD."place" AND change_to IS NULL AND change_from = c;
  UPDATE public."budget_line_history" SET change_to = c WHERE "budget_id" = OLD."budget_id" AND "place" = OLD."place" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."budget_id" IS DISTINCT FROM OLD."budget_id" OR NEW."place" IS DISTINCT FROM OLD."place" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."budget_line_history" WHERE "budget_id" = NEW."budget_id" AND "place" = NEW."place" AND change_to IS NULL AND change_from = c;
  UPDATE public."budget_line_history" SET change_to = c WHERE "budget_id" = NEW."budget_id" AND "place" = NEW."place" AND change_to IS NULL;
  INSERT INTO public."budget_line_history" ("budget_id", "code", "name_cs", "name_en", "number", "place", "unit", "value_currency", "value_minor", "version", change_from, change_to)
    VALUES (NEW."budget_id", NEW."code", NEW."name_cs", NEW."name_en", NEW."number", NEW."place", NEW."unit", NEW."value_currency", NEW."value_minor", NEW."version", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "budget_line_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."budget_line" FOR EACH ROW EXECUTE FUNCTION public."budget_line_history_write"()

-- next statement --

CREATE TRIGGER "budget_line_history_truncate" BEFORE TRUNCATE ON public."budget_line" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."budget_line" AS SELECT "budget_id", "code", "name_cs", "name_en", "number", "place", "unit", "value_currency", "value_minor", "version" FROM public."budget_line_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
