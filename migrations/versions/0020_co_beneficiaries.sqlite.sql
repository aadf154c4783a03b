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

CREATE TRIGGER "contract_co_beneficiary_history_insert" AFTER INSERT ON "contract_co_beneficiary" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "contract_co_beneficiary_history" WHERE "contract_id" = NEW."contract_id" AND "organisation_id" = NEW."organisation_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contract_co_beneficiary_history" SET change_to = (SELECT change_id FROM change_open) WHERE "contract_id" = NEW."contract_id" AND "organisation_id" = NEW."organisation_id" AND change_to IS NULL;
  INSERT INTO "contract_co_beneficiary_history" ("contract_id", "organisation_id", change_from, change_to)
  VALUES (NEW."contract_id", NEW."organisation_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "contract_co_beneficiary_history_update" AFTER UPDATE ON "contract_co_beneficiary" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of contract_co_beneficiary is immutable') WHERE OLD."contract_id" IS NOT NEW."contract_id" OR OLD."organisation_id" IS NOT NEW."organisation_id";
  DELETE FROM "contract_co_beneficiary_history" WHERE "contract_id" = NEW."contract_id" AND "organisation_id" = NEW."organisation_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contract_co_beneficiary_history" SET change_to = (SELECT change_id FROM change_open) WHERE "contract_id" = NEW."contract_id" AND "organisation_id" = NEW."organisation_id" AND change_to IS NULL;
  INSERT INTO "contract_co_beneficiary_history" ("contract_id", "organisation_id", change_from, change_to)
  VALUES (NEW."contract_id", NEW."organisation_id", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "contract_co_beneficiary_history_delete" AFTER DELETE ON "contract_co_beneficiary" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "contract_co_beneficiary_history" WHERE "contract_id" = OLD."contract_id" AND "organisation_id" = OLD."organisation_id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "contract_co_beneficiary_history" SET change_to = (SELECT change_id FROM change_open) WHERE "contract_id" = OLD."contract_id" AND "organisation_id" = OLD."organisation_id" AND change_to IS NULL;
END
