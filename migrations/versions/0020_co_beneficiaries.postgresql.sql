CREATE TABLE contract_co_beneficiary_history (
	contract_id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_contract_co_beneficiary_history PRIMARY KEY (contract_id, organisation_id, change_from)
)

-- next statement --

CREATE INDEX ix_contract_co_beneficiary_organisation_id_history ON contract_co_beneficiary_history (organisation_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_contract_co_beneficiary_history_open ON contract_co_beneficiary_history (contract_id, organisation_id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE contract_co_beneficiary (
	contract_id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	CONSTRAINT pk_contract_co_beneficiary PRIMARY KEY (contract_id, organisation_id), 
	CONSTRAINT fk_contract_co_beneficiary_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contract_co_beneficiary_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
)

-- next statement --

CREATE INDEX ix_contract_co_beneficiary_organisation_id ON contract_co_beneficiary (organisation_id)

-- next statement --

CREATE SCHEMA IF NOT EXISTS asof

-- next statement --

CREATE OR REPLACE FUNCTION public.history_truncate_refused() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PH003', MESSAGE = 'TRUNCATE bypasses the history of ' || TG_TABLE_NAME;
END
$body$

-- next statement --

CREATE FUNCTION public."contract_co_beneficiary_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."contract_co_beneficiary_history" WHERE "contract_id" = OLD."contract_id" AND "organisation_id" = OLD."organisation_id" AND change_to IS NULL AND change_from = c;
  UPDATE public."contract_co_beneficiary_history" SET change_to = c WHERE "contract_id" = OLD."contract_id" AND "organisation_id" = OLD."organisation_id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."contract_id" IS DISTINCT FROM OLD."contract_id" OR NEW."organisation_id" IS DISTINCT FROM OLD."organisation_id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."contract_co_beneficiary_history" WHERE "contract_id" = NEW."contract_id" AND "organisation_id" = NEW."organisation_id" AND change_to IS NULL AND change_from = c;
  UPDATE public."contract_co_beneficiary_history" SET change_to = c WHERE "contract_id" = NEW."contract_id" AND "organisation_id" = NEW."organisation_id" AND change_to IS NULL;
  INSERT INTO public."contract_co_beneficiary_history" ("contract_id", "organisation_id", change_from, change_to)
    VALUES (NEW."contract_id", NEW."organisation_id", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "contract_co_beneficiary_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."contract_co_beneficiary" FOR EACH ROW EXECUTE FUNCTION public."contract_co_beneficiary_history_write"()

-- next statement --

CREATE TRIGGER "contract_co_beneficiary_history_truncate" BEFORE TRUNCATE ON public."contract_co_beneficiary" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."contract_co_beneficiary" AS SELECT "contract_id", "organisation_id" FROM public."contract_co_beneficiary_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
