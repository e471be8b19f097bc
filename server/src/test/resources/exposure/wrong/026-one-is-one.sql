-- wrong: a placeholder condition that was never replaced
-- expect: others_rows_readable|others_rows_writable|policy_always_true public.budgets authenticated
create table budgets (id int primary key, owner uuid not null references auth.users, euros int);
create policy todo on budgets to authenticated using (1 = 1);
