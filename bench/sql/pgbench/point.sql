\set id random(1, 20000)
select id, author_id, category, status, title, body, views, created_at from posts where id = :id;
