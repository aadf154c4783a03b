CREATE TABLE activity_history (
	id INTEGER NOT NULL, 
	of_id INTEGER, 
	start_edtf VARCHAR(64), 
	start_from DATE, 
	start_to DATE, 
	end_edtf VARCHAR(64), 
	end_from DATE, 
	end_to DATE, 
	state VARCHAR(8), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_activity_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_activity_of_id_history ON activity_history (of_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_activity_history_open ON activity_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE indicator_history (
	id INTEGER NOT NULL, 
	of_id INTEGER, 
	unit_cs TEXT, 
	unit_en TEXT, 
	direction VARCHAR(8), 
	baseline VARCHAR(32), 
	baseline_on_edtf VARCHAR(64), 
	baseline_on_from DATE, 
	baseline_on_to DATE, 
	target VARCHAR(32), 
	target_on_edtf VARCHAR(64), 
	target_on_from DATE, 
	target_on_to DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_indicator_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_indicator_of_id_history ON indicator_history (of_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_indicator_history_open ON indicator_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE milestone_history (
	id INTEGER NOT NULL, 
	of_id INTEGER, 
	due_edtf VARCHAR(64), 
	due_from DATE, 
	due_to DATE, 
	reached_edtf VARCHAR(64), 
	reached_from DATE, 
	reached_to DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_milestone_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_milestone_of_id_history ON milestone_history (of_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_milestone_history_open ON milestone_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE risk_history (
	id INTEGER NOT NULL, 
	of_id INTEGER, 
	likelihood VARCHAR(1), 
	impact VARCHAR(1), 
	measures_cs TEXT, 
	measures_en TEXT, 
	state VARCHAR(8), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_risk_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_risk_of_id_history ON risk_history (of_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_risk_history_open ON risk_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE indicator_value_history (
	id INTEGER NOT NULL, 
	indicator_id INTEGER, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	value VARCHAR(32), 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_indicator_value_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_indicator_value_indicator_id_history ON indicator_value_history (indicator_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_indicator_value_history_open ON indicator_value_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE milestone (
	id INTEGER NOT NULL, 
	of_id INTEGER NOT NULL, 
	due_edtf VARCHAR(64), 
	due_from DATE, 
	due_to DATE, 
	reached_edtf VARCHAR(64), 
	reached_from DATE, 
	reached_to DATE, 
	CONSTRAINT pk_milestone PRIMARY KEY (id), 
	CONSTRAINT fk_milestone_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_milestone_of_id FOREIGN KEY(of_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_milestone_of_id ON milestone (of_id)

-- next statement --

CREATE TABLE activity (
	id INTEGER NOT NULL, 
	of_id INTEGER NOT NULL, 
	start_edtf VARCHAR(64), 
	start_from DATE, 
	start_to DATE, 
	end_edtf VARCHAR(64), 
	end_from DATE, 
	end_to DATE, 
	state VARCHAR(8), 
	CONSTRAINT pk_activity PRIMARY KEY (id), 
	CONSTRAINT fk_activity_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_activity_of_id FOREIGN KEY(of_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_activity_of_id ON activity (of_id)

-- next statement --

CREATE TABLE indicator (
	id INTEGER NOT NULL, 
	of_id INTEGER NOT NULL, 
	unit_cs TEXT NOT NULL, 
	unit_en TEXT NOT NULL, 
	direction VARCHAR(8), 
	baseline VARCHAR(32), 
	baseline_on_edtf VARCHAR(64), 
	baseline_on_from DATE, 
	baseline_on_to DATE, 
	target VARCHAR(32), 
	target_on_edtf VARCHAR(64), 
	target_on_from DATE, 
	target_on_to DATE, 
	CONSTRAINT pk_indicator PRIMARY KEY (id), 
	CONSTRAINT fk_indicator_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_indicator_of_id FOREIGN KEY(of_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_indicator_of_id ON indicator (of_id)

-- next statement --

CREATE TABLE risk (
	id INTEGER NOT NULL, 
	of_id INTEGER NOT NULL, 
	likelihood VARCHAR(1), 
	impact VARCHAR(1), 
	measures_cs TEXT NOT NULL, 
	measures_en TEXT NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_risk PRIMARY KEY (id), 
	CONSTRAINT fk_risk_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_risk_of_id FOREIGN KEY(of_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_risk_of_id ON risk (of_id)

-- next statement --

CREATE TABLE indicator_value (
	id INTEGER NOT NULL, 
	indicator_id INTEGER NOT NULL, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	value VARCHAR(32), 
	CONSTRAINT pk_indicator_value PRIMARY KEY (id), 
	CONSTRAINT fk_indicator_value_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_indicator_value_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id)
)

-- next statement --

CREATE INDEX ix_indicator_value_indicator_id ON indicator_value (indicator_id)

-- next statement --

CREATE TRIGGER "activity_history_insert" AFTER INSERT ON "activity" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "activity_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "activity_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "activity_history" ("end_edtf", "end_from", "end_to", "id", "of_id", "start_edtf", "start_from", "start_to", "state", change_from, change_to)
  VALUES (NEW."end_edtf", NEW."end_from", NEW."end_to", NEW."id", NEW."of_id", NEW."start_edtf", NEW."start_from", NEW."start_to", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "activity_history_update" AFTER UPDATE ON "activity" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of activity is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "activity_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "activity_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "activity_history" ("end_edtf", "end_from", "end_to", "id", "of_id", "start_edtf", "start_from", "start_to", "state", change_from, change_to)
  VALUES (NEW."end_edtf", NEW."end_from", NEW."end_to", NEW."id", NEW."of_id", NEW."start_edtf", NEW."start_from", NEW."start_to", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "activity_history_delete" AFTER DELETE ON "activity" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "activity_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "activity_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "indicator_history_insert" AFTER INSERT ON "indicator" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "indicator_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "indicator_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "indicator_history" ("baseline", "baseline_on_edtf", "baseline_on_from", "baseline_on_to", "direction", "id", "of_id", "target", "target_on_edtf", "target_on_from", "target_on_to", "unit_cs", "unit_en", change_from, change_to)
  VALUES (NEW."baseline", NEW."baseline_on_edtf", NEW."baseline_on_from", NEW."baseline_on_to", NEW."direction", NEW."id", NEW."of_id", NEW."target", NEW."target_on_edtf", NEW."target_on_from", NEW."target_on_to", NEW."unit_cs", NEW."unit_en", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "indicator_history_update" AFTER UPDATE ON "indicator" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of indicator is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "indicator_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "indicator_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "indicator_history" ("baseline", "baseline_on_edtf", "baseline_on_from", "baseline_on_to", "direction", "id", "of_id", "target", "target_on_edtf", "target_on_from", "target_on_to", "unit_cs", "unit_en", change_from, change_to)
  VALUES (NEW."baseline", NEW."baseline_on_edtf", NEW."baseline_on_from", NEW."baseline_on_to", NEW."direction", NEW."id", NEW."of_id", NEW."target", NEW."target_on_edtf", NEW."target_on_from", NEW."target_on_to", NEW."unit_cs", NEW."unit_en", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "indicator_history_delete" AFTER DELETE ON "indicator" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "indicator_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "indicator_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "milestone_history_insert" AFTER INSERT ON "milestone" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "milestone_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "milestone_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "milestone_history" ("due_edtf", "due_from", "due_to", "id", "of_id", "reached_edtf", "reached_from", "reached_to", change_from, change_to)
  VALUES (NEW."due_edtf", NEW."due_from", NEW."due_to", NEW."id", NEW."of_id", NEW."reached_edtf", NEW."reached_from", NEW."reached_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "milestone_history_update" AFTER UPDATE ON "milestone" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of milestone is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "milestone_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "milestone_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "milestone_history" ("due_edtf", "due_from", "due_to", "id", "of_id", "reached_edtf", "reached_from", "reached_to", change_from, change_to)
  VALUES (NEW."due_edtf", NEW."due_from", NEW."due_to", NEW."id", NEW."of_id", NEW."reached_edtf", NEW."reached_from", NEW."reached_to", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "milestone_history_delete" AFTER DELETE ON "milestone" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "milestone_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "milestone_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "risk_history_insert" AFTER INSERT ON "risk" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "risk_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "risk_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "risk_history" ("id", "impact", "likelihood", "measures_cs", "measures_en", "of_id", "state", change_from, change_to)
  VALUES (NEW."id", NEW."impact", NEW."likelihood", NEW."measures_cs", NEW."measures_en", NEW."of_id", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "risk_history_update" AFTER UPDATE ON "risk" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of risk is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "risk_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "risk_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "risk_history" ("id", "impact", "likelihood", "measures_cs", "measures_en", "of_id", "state", change_from, change_to)
  VALUES (NEW."id", NEW."impact", NEW."likelihood", NEW."measures_cs", NEW."measures_en", NEW."of_id", NEW."state", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "risk_history_delete" AFTER DELETE ON "risk" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "risk_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "risk_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END

-- next statement --

CREATE TRIGGER "indicator_value_history_insert" AFTER INSERT ON "indicator_value" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "indicator_value_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "indicator_value_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "indicator_value_history" ("id", "indicator_id", "period_edtf", "period_from", "period_to", "value", change_from, change_to)
  VALUES (NEW."id", NEW."indicator_id", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."value", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "indicator_value_history_update" AFTER UPDATE ON "indicator_value" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of indicator_value is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "indicator_value_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "indicator_value_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "indicator_value_history" ("id", "indicator_id", "period_edtf", "period_from", "period_to", "value", change_from, change_to)
  VALUES (NEW."id", NEW."indicator_id", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."value", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "indicator_value_history_delete" AFTER DELETE ON "indicator_value" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "indicator_value_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "indicator_value_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
