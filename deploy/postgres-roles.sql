-- The role that the board runs as in PostgreSQL: it adds to the ledger and cannot alter it.
--
-- The owner of the database migrates it, then runs this; again after each upgrade:
--   DATABASE_URL=postgres://owner@host/board manage.py migrate
--   psql -v app=gmv_app -f deploy/postgres-roles.sql postgres://owner@host/board
-- and gives it a password: psql … -c '\password gmv_app'. The board then runs with
--   DATABASE_URL=postgres://gmv_app:password@host/board

\set ON_ERROR_STOP on
SELECT format('CREATE ROLE %I LOGIN', :'app')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'app') \gexec

BEGIN;
GRANT CONNECT ON DATABASE :"DBNAME" TO :"app";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";

-- What was accepted and sealed stays as it is.
REVOKE UPDATE, DELETE ON dashboard_batch, dashboard_seal FROM :"app";
-- Whatever a batch stands on stays as well: a rehearsal is made anew by the owner only.
REVOKE DELETE ON dashboard_ledgerhead, dashboard_campaign, dashboard_source FROM :"app";
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM :"app";
COMMIT;
