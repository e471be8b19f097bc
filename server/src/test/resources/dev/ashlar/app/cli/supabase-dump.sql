--
-- PostgreSQL database dump
--

\restrict Xyz

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Data for Name: audit_log_entries; Type: TABLE DATA; Schema: auth; Owner: supabase_auth_admin
--

COPY auth.audit_log_entries (instance_id, id, payload, created_at, ip_address) FROM stdin;
00000000-0000-0000-0000-000000000000	8f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01	{"action":"login"}	2024-03-02 10:00:00+00	
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: auth; Owner: supabase_auth_admin
--

COPY auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, invited_at, confirmation_token, confirmation_sent_at, recovery_token, recovery_sent_at, email_change_token_new, email_change, email_change_sent_at, last_sign_in_at, raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, updated_at, phone, phone_confirmed_at, phone_change, phone_change_token, phone_change_sent_at, email_change_token_current, email_change_confirm_status, banned_until, reauthentication_token, reauthentication_sent_at, is_sso_user, deleted_at, is_anonymous) FROM stdin;
00000000-0000-0000-0000-000000000000	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01	authenticated	authenticated	ada@example.com	$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy	2024-03-01 10:05:00+00	\N		\N		\N			\N	\N	{"provider": "email", "providers": ["email", "google"]}	{"name": "Ada \\"Countess\\" L.", "note": "one\\ntwo"}	\N	2024-03-01 10:00:00.123456+00	2024-03-02 10:00:00+00	\N	\N			\N		0	\N		\N	f	\N	f
00000000-0000-0000-0000-000000000000	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a02	authenticated	authenticated	bob@example.com		2024-03-01 10:05:00+00	\N		\N		\N			\N	\N	{"provider": "google", "providers": ["google"]}	{"full_name": "Bob"}	\N	2024-03-01 10:00:00.123456+00	2024-03-02 10:00:00+00	\N	\N			\N		0	\N		\N	f	\N	f
00000000-0000-0000-0000-000000000000	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a03	authenticated	authenticated	gone@example.com	\N	\N	\N		\N		\N			\N	\N	\N	\N	\N	2024-03-01 10:00:00.123456+00	2024-03-02 10:00:00+00	\N	\N			\N		0	\N		\N	f	2024-04-01 00:00:00+00	f
00000000-0000-0000-0000-000000000000	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a04	authenticated	authenticated	\N	\N	\N	\N		\N		\N			\N	\N	\N	\N	\N	2024-03-01 10:00:00.123456+00	2024-03-02 10:00:00+00	\N	\N			\N		0	\N		\N	f	\N	t
00000000-0000-0000-0000-000000000000	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a05	authenticated	authenticated	eve@example.com	\N	\N	\N		\N		\N			\N	\N	\N	\N	\N	2024-03-01 10:00:00.123456+00	2024-03-02 10:00:00+00	\N	\N			\N		0	\N		\N	f	\N	f
00000000-0000-0000-0000-000000000000	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a06	authenticated	authenticated	\N	\N	\N	\N		\N		\N			\N	\N	{"provider": "github", "providers": ["github"]}	{}	\N	2024-03-01 10:00:00.123456+00	2024-03-02 10:00:00+00	\N	\N			\N		0	\N		\N	f	\N	f
\.


--
-- Data for Name: identities; Type: TABLE DATA; Schema: auth; Owner: supabase_auth_admin
--

COPY auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at, id) FROM stdin;
7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01	{"sub": "7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01", "email": "ada@example.com", "email_verified": true}	email	2024-03-02 10:00:00+00	2024-03-01 10:00:00+00	2024-03-02 10:00:00+00	9f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01
1001	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01	{"iss": "https://accounts.google.com", "sub": "1001", "email": "Ada@example.com", "email_verified": true}	google	2024-03-02 10:00:00+00	2024-03-01 10:00:00+00	2024-03-02 10:00:00+00	9f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a02
1002	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a02	{"iss": "https://accounts.google.com", "sub": "1002", "email": "bob@example.com", "email_verified": true}	google	2024-03-02 10:00:00+00	2024-03-01 10:00:00+00	2024-03-02 10:00:00+00	9f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a03
1003	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a05	{"sub": "1003"}	myspace	2024-03-02 10:00:00+00	2024-03-01 10:00:00+00	2024-03-02 10:00:00+00	9f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a04
1004	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0aff	{"sub": "1004"}	google	2024-03-02 10:00:00+00	2024-03-01 10:00:00+00	2024-03-02 10:00:00+00	9f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a05
583231	7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a06	{"sub": "583231", "user_name": "octocat"}	github	2024-03-02 10:00:00+00	2024-03-01 10:00:00+00	2024-03-02 10:00:00+00	9f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a06
\.


\unrestrict Xyz
