CREATE TABLE comment (
	id SERIAL NOT NULL, 
	record_id INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	written_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	edited_at TIMESTAMP WITH TIME ZONE, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_comment PRIMARY KEY (id), 
	CONSTRAINT fk_comment_record_id FOREIGN KEY(record_id) REFERENCES record (id), 
	CONSTRAINT fk_comment_author_id FOREIGN KEY(author_id) REFERENCES person (id)
)

-- next statement --

CREATE INDEX ix_comment_record ON comment (record_id, written_at)

-- next statement --

CREATE TABLE comment_history (
	id INTEGER NOT NULL, 
	record_id INTEGER, 
	author_id INTEGER, 
	text TEXT, 
	written_at TIMESTAMP WITH TIME ZONE, 
	edited_at TIMESTAMP WITH TIME ZONE, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_comment_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_comment_record_history ON comment_history (record_id, written_at, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_comment_history_open ON comment_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE task (
	id SERIAL NOT NULL, 
	record_id INTEGER, 
	title VARCHAR(300) NOT NULL, 
	text TEXT NOT NULL, 
	sought TEXT NOT NULL, 
	maker_id INTEGER NOT NULL, 
	assignee_id INTEGER NOT NULL, 
	due DATE, 
	state VARCHAR(8) NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	closed_at TIMESTAMP WITH TIME ZONE, 
	closed_by_id INTEGER, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_task PRIMARY KEY (id), 
	CONSTRAINT fk_task_record_id FOREIGN KEY(record_id) REFERENCES record (id), 
	CONSTRAINT fk_task_maker_id FOREIGN KEY(maker_id) REFERENCES person (id), 
	CONSTRAINT fk_task_assignee_id FOREIGN KEY(assignee_id) REFERENCES person (id), 
	CONSTRAINT fk_task_closed_by_id FOREIGN KEY(closed_by_id) REFERENCES person (id)
)

-- next statement --

CREATE INDEX ix_task_assignee ON task (assignee_id, state)

-- next statement --

CREATE INDEX ix_task_maker ON task (maker_id)

-- next statement --

CREATE INDEX ix_task_record ON task (record_id)

-- next statement --

CREATE TABLE task_history (
	id INTEGER NOT NULL, 
	record_id INTEGER, 
	title VARCHAR(300), 
	text TEXT, 
	sought TEXT, 
	maker_id INTEGER, 
	assignee_id INTEGER, 
	due DATE, 
	state VARCHAR(8), 
	made_at TIMESTAMP WITH TIME ZONE, 
	closed_at TIMESTAMP WITH TIME ZONE, 
	closed_by_id INTEGER, 
	version INTEGER, 
	change_from INTEGER NOT NULL, 
	change_to INTEGER, 
	CONSTRAINT pk_task_history PRIMARY KEY (id, change_from)
)

-- next statement --

CREATE INDEX ix_task_assignee_history ON task_history (assignee_id, state, change_from, change_to)

-- next statement --

CREATE INDEX ix_task_maker_history ON task_history (maker_id, change_from, change_to)

-- next statement --

CREATE INDEX ix_task_record_history ON task_history (record_id, change_from, change_to)

-- next statement --

CREATE UNIQUE INDEX uq_task_history_open ON task_history (id) WHERE change_to IS NULL

-- next statement --

CREATE TABLE follow (
	person_id INTEGER NOT NULL, 
	record_id INTEGER NOT NULL, 
	since TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_follow PRIMARY KEY (person_id, record_id), 
	CONSTRAINT fk_follow_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_follow_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE
)

-- next statement --

CREATE INDEX ix_follow_record_id ON follow (record_id)

-- next statement --

CREATE TABLE notification (
	id SERIAL NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	record_id INTEGER, 
	comment_id INTEGER, 
	task_id INTEGER, 
	change_id INTEGER, 
	actor_id INTEGER, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	read_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_notification PRIMARY KEY (id), 
	CONSTRAINT fk_notification_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_notification_record_id FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE CASCADE, 
	CONSTRAINT fk_notification_comment_id FOREIGN KEY(comment_id) REFERENCES comment (id) ON DELETE CASCADE, 
	CONSTRAINT fk_notification_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE, 
	CONSTRAINT fk_notification_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_notification_actor_id FOREIGN KEY(actor_id) REFERENCES person (id) ON DELETE SET NULL
)

-- next statement --

CREATE INDEX ix_notification_change_id ON notification (change_id)

-- next statement --

CREATE INDEX ix_notification_comment_id ON notification (comment_id)

-- next statement --

CREATE INDEX ix_notification_person ON notification (person_id, read_at, made_at)

-- next statement --

CREATE INDEX ix_notification_record_id ON notification (record_id)

-- next statement --

CREATE INDEX ix_notification_task_id ON notification (task_id)

-- next statement --

CREATE TABLE notification_choice (
	person_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	wanted BOOLEAN NOT NULL, 
	CONSTRAINT pk_notification_choice PRIMARY KEY (person_id, kind), 
	CONSTRAINT fk_notification_choice_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)

-- next statement --

CREATE FUNCTION public."comment_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."comment_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."comment_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."comment_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."comment_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."comment_history" ("author_id", "edited_at", "id", "record_id", "text", "version", "withdrawn_at", "written_at", change_from, change_to)
    VALUES (NEW."author_id", NEW."edited_at", NEW."id", NEW."record_id", NEW."text", NEW."version", NEW."withdrawn_at", NEW."written_at", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "comment_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."comment" FOR EACH ROW EXECUTE FUNCTION public."comment_history_write"()

-- next statement --

CREATE TRIGGER "comment_history_truncate" BEFORE TRUNCATE ON public."comment" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."comment" AS SELECT "author_id", "edited_at", "id", "record_id", "text", "version", "withdrawn_at", "written_at" FROM public."comment_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)

-- next statement --

CREATE FUNCTION public."task_history_write"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;
BEGIN
  IF c IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';
  END IF;
  IF TG_OP = 'DELETE' THEN
  DELETE FROM public."task_history" WHERE "id" = OLD."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."task_history" SET change_to = c WHERE "id" = OLD."id" AND change_to IS NULL;
  RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."id" IS DISTINCT FROM OLD."id" THEN
      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';
    END IF;
  END IF;
  DELETE FROM public."task_history" WHERE "id" = NEW."id" AND change_to IS NULL AND change_from = c;
  UPDATE public."task_history" SET change_to = c WHERE "id" = NEW."id" AND change_to IS NULL;
  INSERT INTO public."task_history" ("assignee_id", "closed_at", "closed_by_id", "due", "id", "made_at", "maker_id", "record_id", "sought", "state", "text", "title", "version", change_from, change_to)
    VALUES (NEW."assignee_id", NEW."closed_at", NEW."closed_by_id", NEW."due", NEW."id", NEW."made_at", NEW."maker_id", NEW."record_id", NEW."sought", NEW."state", NEW."text", NEW."title", NEW."version", c, NULL);
  RETURN NULL;
END
$body$

-- next statement --

CREATE TRIGGER "task_history_write" AFTER INSERT OR UPDATE OR DELETE ON public."task" FOR EACH ROW EXECUTE FUNCTION public."task_history_write"()

-- next statement --

CREATE TRIGGER "task_history_truncate" BEFORE TRUNCATE ON public."task" FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()

-- next statement --

CREATE VIEW asof."task" AS SELECT "assignee_id", "closed_at", "closed_by_id", "due", "id", "made_at", "maker_id", "record_id", "sought", "state", "text", "title", "version" FROM public."task_history" WHERE change_from <= current_setting('portal.asof')::integer AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer)
