CREATE USER 'alice'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=alice';
CREATE USER 'bob'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=bob' AND ISSUER '/C=US/O=Example/CN=Example CA';
CREATE USER 'web'@'%' REQUIRE SAN 'DNS:web.example';
CREATE USER 'report'@'%' REQUIRE SUBJECT '/C=US/O=Example/CN=report';
CREATE USER 'dba'@'localhost' IDENTIFIED BY 'secret' REQUIRE SSL;
