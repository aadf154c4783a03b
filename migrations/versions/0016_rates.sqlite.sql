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
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	file_name VARCHAR(200) NOT NULL, 
	file_hash VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT fk_rate_import_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

-- next statement --

CREATE TABLE rate_draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	file_name VARCHAR(200) NOT NULL, 
	file_hash VARCHAR(64) NOT NULL, 
	made_at VARCHAR(27) NOT NULL, 
	lines TEXT NOT NULL, 
	CONSTRAINT fk_rate_draft_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_rate_draft_person_id ON rate_draft (person_id)

-- next statement --

CREATE TABLE monthly_rate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	currency VARCHAR(3) NOT NULL, 
	month DATE NOT NULL, 
	edition INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	per_euro VARCHAR(32) NOT NULL, 
	source VARCHAR(300) NOT NULL, 
	retrieved DATE NOT NULL, 
	place VARCHAR(120) NOT NULL, 
	import_id INTEGER NOT NULL, 
	CONSTRAINT uq_monthly_rate_currency_month_edition UNIQUE (currency, month, edition), 
	CONSTRAINT ck_monthly_rate_edition_counts CHECK (edition > 0), 
	CONSTRAINT fk_monthly_rate_import_id FOREIGN KEY(import_id) REFERENCES rate_import (id)
)

-- next statement --

CREATE INDEX ix_monthly_rate_import_id ON monthly_rate (import_id)

-- next statement --

CREATE UNIQUE INDEX uq_monthly_rate_current ON monthly_rate (currency, month) WHERE current

-- next statement --

CREATE TRIGGER "rate_import_history_insert" AFTER INSERT ON "rate_import" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "rate_import_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "rate_import_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "rate_import_history" ("change_id", "file_hash", "file_name", "id", "number", "reason", change_from, change_to)
  VALUES (NEW."change_id", NEW."file_hash", NEW."file_name", NEW."id", NEW."number", NEW."reason", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "rate_import_history_update" AFTER UPDATE ON "rate_import" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of rate_import is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "rate_import_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "rate_import_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "rate_import_history" ("change_id", "file_hash", "file_name", "id", "number", "reason", change_from, change_to)
  VALUES (NEW."change_id", NEW."file_hash", NEW."file_name", NEW."id", NEW."number", NEW."reason", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "rate_import_history_delete" AFTER DELETE ON "rate_import" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "rate_import_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "rate_import_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "monthly_rate_history_insert" AFTER INSERT ON "monthly_rate" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "monthly_rate_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "monthly_rate_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "monthly_rate_history" ("currency", "current", "edition", "id", "import_id", "month", "per_euro", "place", "retrieved", "source", change_from, change_to)
  VALUES (NEW."currency", NEW."current", NEW."edition", NEW."id", NEW."import_id", NEW."month", NEW."per_euro", NEW."place", NEW."retrieved", NEW."source", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "monthly_rate_history_update" AFTER UPDATE ON "monthly_rate" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of monthly_rate is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "monthly_rate_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "monthly_rate_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "monthly_rate_history" ("currency", "current", "edition", "id", "import_id", "month", "per_euro", "place", "retrieved", "source", change_from, change_to)
  VALUES (NEW."currency", NEW."current", NEW."edition", NEW."id", NEW."import_id", NEW."month", NEW."per_euro", NEW."place", NEW."retrieved", NEW."source", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "monthly_rate_history_delete" AFTER DELETE ON "monthly_rate" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "monthly_rate_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "monthly_rate_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
