-- A number that was confirmed at sign-up, without asking, was proved by nobody: from now on such identities say so.

select set_config('role', current_setting('ashlar.auth_role'), true);

update auth.identities i
set identity_data = jsonb_set(i.identity_data, '{phone_verified}', 'false')
from auth.users u
where u.id = i.user_id and i.provider = 'phone' and u.phone_confirmed_at = u.created_at
  and i.identity_data ->> 'phone_verified' = 'true';

reset role;
