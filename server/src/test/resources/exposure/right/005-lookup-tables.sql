-- right: lists that are the same for everybody, read only
create table countries (code char(2) primary key, name text not null);
create table categories (id int primary key, name text not null, parent int references categories);
create policy readable on countries for select using (true);
create policy readable on categories for select using (true);
