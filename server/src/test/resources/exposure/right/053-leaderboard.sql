-- right: a leaderboard with chosen names, for everybody, written by the server
create table leaderboard (rank int primary key, nickname text not null, score int not null);
revoke insert, update, delete on leaderboard from anon, authenticated;
create policy reading on leaderboard for select using (true);
