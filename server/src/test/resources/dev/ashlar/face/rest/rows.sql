-- Puts every table back to what the scenarios start from.
truncate public.author, public.book, public.isbn, public.label, public.book_label, public.review, public.folder,
  public.loan, public.setting, public.parcel, public.paint, public.keyless, public.fact, public."we ird", public.tree, public.closed, public.forbidden,
  public.vault, public.note, public.partly, public.inbox restart identity;
insert into public.author values (1, 'Ada', 1815), (2, 'Alan', 1912), (3, 'Grace', 1906), (4, 'Nobody', null);
insert into public.book (id, title, author_id, editor_id, price, tags, data, meta, pages, mood, published) values
  (1, 'Notes on Engines', 1, 2, 10.50, '{old,math}', '{"a": {"b": [1, {"c": "x"}]}, "n": 3}', '{"k": "v"}', '[1,100)', 'happy', '1843-09-01'),
  (2, 'On Numbers', 2, null, 20, '{math}', '{"n": 10, "s": "it''s"}', null, '[100,200)', 'sad', '1936-05-28'),
  (3, 'Machines and Minds', 2, 3, null, '{}', null, '{"k": null}', '[150,160)', null, null),
  (4, 'Compilers, a "Guide"', 3, null, 0.1, '{new,"a,b"}', '[1, 2]', null, null, 'happy', '1952-01-01');
insert into public.isbn values (1, '111'), (2, '222');
insert into public.label values (1, 'classic'), (2, 'logic'), (3, 'unused');
insert into public.book_label values (1, 1), (2, 1), (2, 2);
insert into public.review values (1, 1, 5), (2, 1, 3), (3, 2, 4);
insert into public.folder values (1, 'root', null), (2, 'left', 1), (3, 'right', 1);
insert into public.loan values (1, '2026-01-02', 'Bob');
insert into public.setting (name) values ('first'), ('second');
insert into public.paint values (1, 1048575, 'sky'), (2, 0, 'coal');
insert into public.keyless values (1, 'x'), (2, 'y'), (3, 'z');
insert into public.fact values (9007199254740993, 12345678901234567890.1234567890, 0.1, '2026-01-02T03:04:05Z', '\x00ff', '00000000-0000-0000-0000-00000000000a');
insert into public."we ird" values (1, 'a,b', 'r', 's'), (2, '(x)', null, null);
insert into public.tree values (1, 'e', 't', 'v');
insert into public.closed values (1, 'hidden');
insert into public.forbidden values (1, 'hidden');
insert into public.vault values (1, 1, 'hidden');
insert into public.note values
  (1, '00000000-0000-0000-0000-00000000000a', 'of alice'), (2, '00000000-0000-0000-0000-00000000000b', 'of bob');
insert into public.partly values (1, 'hidden', 1);
insert into public.inbox values (1, 'earlier');
-- So that planned counts are the same in every run.
analyze public.author;
