CREATE TABLE donor_let_go_history (
	id INTEGER NOT NULL, 
	file_id INTEGER, 
	sheet VARCHAR(64), 
	"row" INTEGER, 
	"column" INTEGER, 
	"key" VARCHAR(80), 
	label TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_donor_let_go_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX uq_donor_let_go_file_id_sheet_row_column_history ON donor_let_go_history (file_id, sheet, "row", "column", change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_donor_let_go_history_open ON donor_let_go_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE donor_let_go (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	file_id INTEGER NOT NULL, 
	sheet VARCHAR(64) NOT NULL, 
	"row" INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	label TEXT NOT NULL, 
	CONSTRAINT uq_donor_let_go_file_id_sheet_row_column UNIQUE (file_id, sheet, "row", "column"), 
	CONSTRAINT fk_donor_let_go_file_id FOREIGN KEY(file_id) REFERENCES donor_file (id)
)

-- next statement --

CREATE TRIGGER "donor_let_go_history_insert" AFTER INSERT ON "donor_let_go" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "donor_let_go_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "donor_let_go_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "donor_let_go_history" ("column", "file_id", "id", "key", "label", "row", "sheet", change_from, change_to)
  VALUES (NEW."column", NEW."file_id", NEW."id", NEW."key", NEW."label", NEW."row", NEW."sheet", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "donor_let_go_history_update" AFTER UPDATE ON "donor_let_go" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  SELECT RAISE(ABORT, 'PH002 key of donor_let_go is immutable') WHERE OLD."id" IS NOT NEW."id";
  DELETE FROM "donor_let_go_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "donor_let_go_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO "donor_let_go_history" ("column", "file_id", "id", "key", "label", "row", "sheet", change_from, change_to)
  VALUES (NEW."column", NEW."file_id", NEW."id", NEW."key", NEW."label", NEW."row", NEW."sheet", (SELECT change_id FROM change_open), NULL);
END

-- next statement --

CREATE TRIGGER "donor_let_go_history_delete" AFTER DELETE ON "donor_let_go" FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'PH001 no open change') WHERE NOT EXISTS (SELECT 1 FROM change_open);
  DELETE FROM "donor_let_go_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = (SELECT change_id FROM change_open);
  UPDATE "donor_let_go_history" SET change_to = (SELECT change_id FROM change_open) WHERE "id" = OLD."id" AND change_to IS NULL;
END
