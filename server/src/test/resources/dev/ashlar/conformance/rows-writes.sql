-- Puts every table back to what the cases start from.
truncate shop.maker, shop.item, shop.ident, shop.fixed, shop.calc, shop.seat, shop.nokey, shop.kept, shop.code, shop."od d", shop.words, shop.lease,
  shop.locked, shop.closed, shop.display, shop.paint, annex.note restart identity;
insert into shop.maker values (1, 'Acme', 1900), (2, 'Bolt', 1950), (3, 'Core', null);
insert into shop.item values
  (1, 'Anvil', 1, 10.50, '{heavy,iron}', '{"w": 5}', 'tool'), (2, 'Brush', 1, 2.00, '{}', null, 'toy'),
  (3, 'Clamp', 2, null, null, '{"w": 1, "n": null}', null), (4, 'Drill', null, 99.99, '{power}', null, 'tool');
insert into shop.ident (label, qty) values ('first', 1), ('second', 2);
insert into shop.fixed (label) values ('one');
insert into shop.calc (id, width) values (1, 3);
insert into shop.seat values ('A', 1, true), ('A', 2, false);
insert into shop.nokey values (1, 'x'), (2, 'y');
insert into shop.code values (1, 'S1', 'eu', 1), (2, 'S2', 'eu', 2);
insert into shop."od d" values ('a', 'v');
insert into shop.words values ('a', 'b', 5, 7, 'c', 'd', 'e');
insert into shop.locked values (1, 'secret');
insert into shop.closed values (1, 'me'), (2, 'you');
insert into shop.display values (1, 'shown');
insert into shop.paint values (1, 255), (2, 16711680);
insert into annex.note values (1, 'over there');
