\set owner random(1, 100)
select id, owner_id, title, body, created_at from notes where owner_id = ('00000000-0000-4000-8000-' || lpad(:owner::text, 12, '0'))::uuid order by id limit 20;
