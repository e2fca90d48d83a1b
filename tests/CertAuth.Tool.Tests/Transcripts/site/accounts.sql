CREATE USER 'alice'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=alice';
CREATE USER 'bob'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=bob' AND ISSUER '/C=US/O=Example/CN=Example CA';
CREATE USER 'web'@'%' REQUIRE SAN 'DNS:web.example';
CREATE USER 'batch'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=alice'
  OR PUBLIC_KEY 'sha256:e7fce90bd86724393217db64350adb6b61e417c349ce2e27251c0fef8a41df95';
CREATE USER 'report'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=report';
CREATE USER 'dba'@'localhost' IDENTIFIED BY 'secret' REQUIRE SSL;
