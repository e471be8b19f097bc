-- Where both histories live. Two processes may come here at once.
do $$ begin
  if to_regnamespace('ashlar') is null then
    create schema ashlar;
  end if;
exception when duplicate_schema or unique_violation then null;
end $$;
