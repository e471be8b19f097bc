-- The rows that the cases of reads find. No case changes them.
insert into sky.country values ('de', 'Germany'), ('cl', 'Chile'), ('us', 'Hawaii'), ('xx', 'Nowhere');
insert into sky.site values
  (1, 'Alpen', 'de', 2650, '1990-05-01'), (2, 'Cerro', 'cl', 2400, '2001-01-15'), (3, 'Mauna', 'us', 4200, '1970-10-10'),
  (4, 'Null', null, null, null);
insert into sky.person values
  (1, 'Ada', null, '1950-01-01', 'Look up'), (2, 'Ben', 1, '1960-02-02', null),
  (3, 'Cyn', 1, '1970-03-03', 'To be, or not'), (4, 'Dov', 2, '1980-04-04', '100%');
insert into sky.scope values
  (1, 'Argus', 1, 1, 2, 2.5, 'low', '{red,wide}',
    '{"mount": "alt", "lens": [1, 2], "maker": {"name": "Zed", "year": 1999}}', 'good'),
  (2, 'Boreas', 1, 1, 3, 4.0, 'high', '{blue}',
    '{"mount": "eq", "lens": [3], "maker": {"name": "Yon", "year": 2005}}', null),
  (3, 'Clio', 2, 2, 2, 1.2, 'mid', '{}', '{"mount": "alt", "lens": [], "maker": null}', 'dusty, old'),
  (4, 'Dione', 3, null, 4, 8.1, 'high', null, null, 'say "hi"'),
  (5, 'Eos', null, 3, null, null, null, '{red,blue}', '{"odd key": 1, "a->b": 2, "it''s": 3}', '(paren)');
insert into sky.manual values (1, 'Argus guide', 10), (2, 'Boreas guide', 20), (5, 'Eos guide', null);
insert into sky.target values (1, 'Vega', 'star', 0.03), (2, 'M31', 'galaxy', 3.4), (3, 'Ceres', 'rock', 6.6), (4, 'Void', null, null);
insert into sky.sighting values (1, 1, 5), (1, 2, 3), (2, 1, 7), (3, 3, 1), (4, 2, 9);
insert into sky.night values (1, '2024-01-01', 3), (1, '2024-01-02', 5), (2, '2024-01-01', 4);
insert into sky.frame values
  (1, 1, '2024-01-01', 10), (2, 1, '2024-01-01', 20.5), (3, 1, '2024-01-02', 30), (4, 2, '2024-01-01', 40), (5, null, null, 50);
insert into sky.trip values (1, 1, 2), (2, 2, 1), (3, 1, 3);
insert into sky.kinds values
  (1, 9223372036854775807, 7, 12345678901234567890.123, 1.5, 0.25, true, 'plain', 'abc', 'xy', '\xdeadbeef',
    '{"b": 1,  "a":2}', '{"b": 1, "a": 2, "long": [1, {"x": null}]}', '{1,2,3}', '{a,"b c","d,e",null}', '{{1,2},{3,4}}',
    '2024-02-29', '2024-02-29 12:00:00+00', '2024-02-29 12:00:00', '12:34:56', '1 day 02:00:00',
    '00000000-0000-0000-0000-000000000001', '10.0.0.1', '[1,10)', '[2024-01-01,2024-02-01)', 'mid', '(1,2)', 'tag', '101'),
  (2, 9007199254740993, -32768, 0.10, 'Infinity', null, false, 'with "quotes", commas', '', null, '',
    '[1,2]', '"scalar"', '{}', '{}', null, '1999-12-31', '1999-12-31 23:59:59+00', '1999-12-31 23:59:59', '00:00:00', '00:00:01',
    '00000000-0000-0000-0000-000000000002', '192.168.0.0/16', '[10,20)', 'empty', 'low', null, '', '000');
insert into sky.kinds (id) values (3);
insert into sky.pick values (1, 1), (2, 2), (3, null);
insert into sky.doc values
  (1, 'The fat cats ate rats', to_tsvector('english', 'The fat cats ate rats'), '{"t": "fat rats"}'),
  (2, 'A cat sat on the mat', to_tsvector('english', 'A cat sat on the mat'), '{"t": "sitting"}'),
  (3, 'Dogs and rats run', to_tsvector('english', 'Dogs and rats run'), '{"t": "running dogs"}'),
  (4, 'Le chat mange', to_tsvector('french', 'Le chat mange'), null);
insert into sky."Odd Table" values
  (1, 'sp 1', 'q1', 'c1', 'd1', 10, 'k1', 'p1', 'o1', 's1'), (2, 'sp 2', 'q2', 'c2', 'd2', 20, 'k2', 'p2', 'o2', 's2');
insert into sky.digit
  select i, (array['zero','one','two','three','four','five','six','seven','eight','nine'])[i + 1] from generate_series(0, 9) i;
insert into sky.locked values (1, 'hush');
insert into sky.log values (1, '2023-05-05', 'old', 1), (2, '2024-05-05', 'new', 1), (3, '2024-06-06', 'other', 2);
refresh materialized view sky.site_copy;
insert into annals.event values (1, 'Eclipse'), (2, 'Comet');
insert into annals.scope values (1, 'annals own');
insert into vault.secret values (1, 'xyzzy');
analyze sky.digit;
insert into sky.band values (1, 'Quarks'), (2, 'Muons');
insert into sky.fan values (1, 'Flo'), (2, 'Gus');
insert into sky.likes values (1, 1), (1, 2), (2, 1);
insert into sky.plays values (1, 2);
