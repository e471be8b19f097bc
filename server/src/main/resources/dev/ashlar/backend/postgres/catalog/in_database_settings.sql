-- What is set for this login, for this login in this database, and in this session by a function, the last one winning.
with stored as (
  select s.setdatabase, substr(e.entry, 1, strpos(e.entry, '=') - 1) as name,
         substr(e.entry, strpos(e.entry, '=') + 1) as value
  from pg_db_role_setting s, unnest(s.setconfig) as e(entry)
  where s.setrole = (select r.oid from pg_roles r where r.rolname = current_user)
    and s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
), known (name) as (
  select unnest(string_to_array('pgrst.db_aggregates_enabled pgrst.db_anon_role pgrst.db_extra_search_path pgrst.db_hoisted_tx_settings pgrst.db_max_rows pgrst.db_plan_enabled pgrst.db_pre_config pgrst.db_pre_request pgrst.db_prepared_statements pgrst.db_root_spec pgrst.db_schemas pgrst.db_tx_end pgrst.jwt_aud pgrst.jwt_cache_max_entries pgrst.jwt_role_claim_key pgrst.jwt_secret pgrst.jwt_secret_is_base64 pgrst.openapi_mode pgrst.openapi_security_active pgrst.openapi_server_proxy_uri pgrst.server_cors_allowed_origins pgrst.server_timing_enabled pgrst.server_trace_header', ' '))
  union
  select name from stored where name like 'pgrst.%' or name like 'app.settings.%'
)
select regexp_replace(k.name, '^pgrst\.', ''),
       coalesce(nullif(current_setting(k.name, true), ''),
                (select s.value from stored s where s.name = k.name order by s.setdatabase desc limit 1))
from known k;
