-- wrong: a helper for migrations runs any SQL for anybody
-- expect: security_definer_function public.exec_sql
create function exec_sql(query text) returns void language plpgsql security definer as $$
begin
  execute query;
end $$;
