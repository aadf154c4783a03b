CREATE TABLE event_history (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	under_id INTEGER, 
	held_edtf VARCHAR(64), 
	held_from DATE, 
	held_to DATE, 
	change VARCHAR(16), 
	place_cs TEXT, 
	place_en TEXT, 
	country_id INTEGER, 
	host_cs TEXT, 
	host_en TEXT, 
	attendance INTEGER, 
	topics_cs TEXT, 
	topics_en TEXT, 
	outcome_cs TEXT, 
	outcome_en TEXT, 
	website TEXT, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_event_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_event_country_id_history ON event_history (country_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_event_under_id_history ON event_history (under_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_event_history_open ON event_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE phase_history (
	id INTEGER NOT NULL, 
	framework_id INTEGER, 
	position INTEGER, 
	aim_cs TEXT, 
	aim_en TEXT, 
	provides_cs TEXT, 
	provides_en TEXT, 
	decision_cs TEXT, 
	decision_en TEXT, 
	outcome_cs TEXT, 
	outcome_en TEXT, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_phase_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_phase_framework_id_history ON phase_history (framework_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_phase_history_open ON phase_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE follow_up_history (
	id INTEGER NOT NULL, 
	event_id INTEGER, 
	owner_id INTEGER, 
	due_edtf VARCHAR(64), 
	due_from DATE, 
	due_to DATE, 
	state VARCHAR(8), 
	done_edtf VARCHAR(64), 
	done_from DATE, 
	done_to DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_follow_up_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_follow_up_event_id_history ON follow_up_history (event_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_follow_up_owner_id_history ON follow_up_history (owner_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_follow_up_history_open ON follow_up_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE role_holder_history (
	id INTEGER NOT NULL, 
	office_cs TEXT, 
	office_en TEXT, 
	country_id INTEGER, 
	organisation_id INTEGER, 
	held_on_edtf VARCHAR(64), 
	held_on_from DATE, 
	held_on_to DATE, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_role_holder_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_role_holder_country_id_history ON role_holder_history (country_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_role_holder_organisation_id_history ON role_holder_history (organisation_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_role_holder_history_open ON role_holder_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE phase (
	id INTEGER NOT NULL, 
	framework_id INTEGER NOT NULL, 
	position INTEGER, 
	aim_cs TEXT NOT NULL, 
	aim_en TEXT NOT NULL, 
	provides_cs TEXT NOT NULL, 
	provides_en TEXT NOT NULL, 
	decision_cs TEXT NOT NULL, 
	decision_en TEXT NOT NULL, 
	outcome_cs TEXT NOT NULL, 
	outcome_en TEXT NOT NULL, 
	period_edtf VARCHAR(64), 
	period_from DATE, 
	period_to DATE, 
	CONSTRAINT pk_phase PRIMARY KEY (id), 
	CONSTRAINT fk_phase_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_phase_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id)
)

-- next statement --

CREATE INDEX ix_phase_framework_id ON phase (framework_id)

-- next statement --

CREATE TABLE event (
	id INTEGER NOT NULL, 
	kind_code VARCHAR(32), 
	under_id INTEGER, 
	held_edtf VARCHAR(64), 
	held_from DATE, 
	held_to DATE, 
	change VARCHAR(16), 
	place_cs TEXT NOT NULL, 
	place_en TEXT NOT NULL, 
	country_id INTEGER, 
	host_cs TEXT NOT NULL, 
	host_en TEXT NOT NULL, 
	attendance INTEGER, 
	topics_cs TEXT NOT NULL, 
	topics_en TEXT NOT NULL, 
	outcome_cs TEXT NOT NULL, 
	outcome_en TEXT NOT NULL, 
	website TEXT, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT fk_event_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_event_under_id FOREIGN KEY(under_id) REFERENCES record (id), 
	CONSTRAINT fk_event_country_id FOREIGN KEY(country_id) REFERENCES country (id)
)

-- next statement --

CREATE INDEX ix_event_country_id ON event (country_id)

-- next statement --

CREATE INDEX ix_event_under_id ON event (under_id)

-- next statement --

CREATE TABLE role_holder (
	id INTEGER NOT NULL, 
	office_cs TEXT NOT NULL, 
	office_en TEXT NOT NULL, 
	country_id INTEGER, 
	organisation_id INTEGER, 
	held_on_edtf VARCHAR(64), 
	held_on_from DATE, 
	held_on_to DATE, 
	CONSTRAINT pk_role_holder PRIMARY KEY (id), 
	CONSTRAINT fk_role_holder_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_role_holder_country_id FOREIGN KEY(country_id) REFERENCES country (id), 
	CONSTRAINT fk_role_holder_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
)

-- next statement --

CREATE INDEX ix_role_holder_country_id ON role_holder (country_id)

-- next statement --

CREATE INDEX ix_role_holder_organisation_id ON role_holder (organisation_id)

-- next statement --

CREATE TABLE follow_up (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	owner_id INTEGER, 
	due_edtf VARCHAR(64), 
	due_from DATE, 
	due_to DATE, 
	state VARCHAR(8) NOT NULL, 
	done_edtf VARCHAR(64), 
	done_from DATE, 
	done_to DATE, 
	CONSTRAINT pk_follow_up PRIMARY KEY (id), 
	CONSTRAINT fk_follow_up_id FOREIGN KEY(id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_follow_up_event_id FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_follow_up_owner_id FOREIGN KEY(owner_id) REFERENCES record (id)
)

-- next statement --

CREATE INDEX ix_follow_up_event_id ON follow_up (event_id)

-- next statement --

CREATE INDEX ix_follow_up_owner_id ON follow_up (owner_id)

-- next statement --

CREATE SCHEMA IF NOT EXISTS asof

-- next statement --

CREATE OR REPLACE FUNCTION public.history_truncate_refused() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PH003', MESSAGE = 'TRUNCATE bypasses the history of ' || TG_TABLE_NAME;
END
$body$

-- next statement --

CREATE FUNCTION public."event_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."event_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."event_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."event_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."event_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."event_history" ("attendance", "change", "country_id", "held_edtf", "held_from", "held_to", "host_cs", "host_en", "id", "kind_code", "outcome_cs", "outcome_en", "place_cs", "place_en", "topics_cs", "topics_en", "under_id", "website", change_from, change_to)
    VALUES (NEW."attendance", NEW."change", NEW."country_id", NEW."held_edtf", NEW."held_from", NEW."held_to", NEW."host_cs", NEW."host_en", NEW."id", NEW."kind_code", NEW."outcome_cs", NEW."outcome_en", NEW."place_cs", NEW."place_en", NEW."topics_cs", NEW."topics_en", NEW."under_id", NEW."website", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "event_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."event" FOR EACH ROW EXECUTE FUNCTION public."event_history_write"()

-- next statement --

CREATE TRIGGER "event_history_truncate" BEFORE TRUNCATE ON public."event" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."event" AS SELECT "attendance", "change", "country_id", "held_edtf", "held_from", "held_to", "host_cs", "host_en", "id", "kind_code", "outcome_cs", "outcome_en", "place_cs", "place_en", "topics_cs", "topics_en", "under_id", "website" FROM public."event_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."phase_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."phase_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."phase_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."phase_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."phase_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."phase_history" ("aim_cs", "aim_en", "decision_cs", "decision_en", "framework_id", "id", "outcome_cs", "outcome_en", "period_edtf", "period_from", "period_to", "position", "provides_cs", "provides_en", change_from, change_to)
    VALUES (NEW."aim_cs", NEW."aim_en", NEW."decision_cs", NEW."decision_en", NEW."framework_id", NEW."id", NEW."outcome_cs", NEW."outcome_en", NEW."period_edtf", NEW."period_from", NEW."period_to", NEW."position", NEW."provides_cs", NEW."provides_en", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "phase_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."phase" FOR EACH ROW EXECUTE FUNCTION public."phase_history_write"()

-- next statement --

CREATE TRIGGER "phase_history_truncate" BEFORE TRUNCATE ON public."phase" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."phase" AS SELECT "aim_cs", "aim_en", "decision_cs", "decision_en", "framework_id", "id", "outcome_cs", "outcome_en", "period_edtf", "period_from", "period_to", "position", "provides_cs", "provides_en" FROM public."phase_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."follow_up_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."follow_up_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."follow_up_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."follow_up_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."follow_up_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."follow_up_history" ("done_edtf", "done_from", "done_to", "due_edtf", "due_from", "due_to", "event_id", "id", "owner_id", "state", change_from, change_to)
    VALUES (NEW."done_edtf", NEW."done_from", NEW."done_to", NEW."due_edtf", NEW."due_from", NEW."due_to", NEW."event_id", NEW."id", NEW."owner_id", NEW."state", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "follow_up_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."follow_up" FOR EACH ROW EXECUTE FUNCTION public."follow_up_history_write"()

-- next statement --

CREATE TRIGGER "follow_up_history_truncate" BEFORE TRUNCATE ON public."follow_up" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."follow_up" AS SELECT "done_edtf", "done_from", "done_to", "due_edtf", "due_from", "due_to", "event_id", "id", "owner_id", "state" FROM public."follow_up_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."role_holder_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."role_holder_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."role_holder_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."role_holder_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."role_holder_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."role_holder_history" ("country_id", "held_on_edtf", "held_on_from", "held_on_to", "id", "office_cs", "office_en", "organisation_id", change_from, change_to)
    VALUES (NEW."country_id", NEW."held_on_edtf", NEW."held_on_from", NEW."held_on_to", NEW."id", NEW."office_cs", NEW."office_en", NEW."organisation_id", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "role_holder_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."role_holder" FOR EACH ROW EXECUTE FUNCTION public."role_holder_history_write"()

-- next statement --

CREATE TRIGGER "role_holder_history_truncate" BEFORE TRUNCATE ON public."role_holder" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."role_holder" AS SELECT "country_id", "held_on_edtf", "held_on_from", "held_on_to", "id", "office_cs", "office_en", "organisation_id" FROM public."role_holder_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
