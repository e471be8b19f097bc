\set author random(1, 2000)
insert into messages (author_id, body) select :author, 'hello from the benchmark, a message of some length' from generate_series(1, 1000);
