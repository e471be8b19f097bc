\set author random(1, 2000)
insert into messages (author_id, body) values (:author, 'hello from the benchmark, a message of some length') returning id, author_id, body, created_at;
