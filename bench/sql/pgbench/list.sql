\set category random(0, 99)
select id, author_id, category, status, title, body, views, created_at from posts where category = :category and status = 'published' order by created_at desc limit 20;
