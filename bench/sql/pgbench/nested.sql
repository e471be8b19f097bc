\set author random(1, 2000)
select a.id, a.name, (select json_agg(json_build_object('id', p.id, 'title', p.title, 'comments', (select json_agg(json_build_object('id', c.id, 'author_name', c.author_name, 'body', c.body) order by c.id) from comments c where c.post_id = p.id)) order by p.id) from posts p where p.author_id = a.id) from authors a where a.id = :author;
