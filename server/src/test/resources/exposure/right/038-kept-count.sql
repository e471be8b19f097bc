-- right: how many signed is public, who signed is not: a trigger with its owner's rights keeps the count
create table petitions (id int primary key, title text, signatures int not null default 0);
revoke insert, update, delete on petitions from anon, authenticated;
create policy readable on petitions for select using (true);
create table signatures (petition int references petitions, signer uuid references auth.users, primary key (signer, petition));
create policy own on signatures for select to authenticated using (signer = (select auth.uid()));
create policy signing on signatures for insert to authenticated with check (signer = (select auth.uid()));
create function count_signature() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.petitions set signatures = signatures + 1 where id = new.petition;
  return new;
end $$;
create trigger count_signature after insert on signatures for each row execute function count_signature();
