BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE alikes (
	product_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	why VARCHAR DEFAULT '' NOT NULL, 
	score INTEGER DEFAULT 0 NOT NULL, 
	decided VARCHAR(8) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_alikes PRIMARY KEY (product_id, other_id), 
	CONSTRAINT fk_alikes_product_id_products FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_alikes_other_id_products FOREIGN KEY(other_id) REFERENCES products (id)
);
INSERT INTO "alikes" VALUES(1,2,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(2,1,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(3,4,'name code shelf',693,'');
INSERT INTO "alikes" VALUES(4,3,'name code shelf',693,'');
INSERT INTO "alikes" VALUES(7,8,'name code shelf',927,'');
INSERT INTO "alikes" VALUES(8,7,'name code shelf',927,'');
INSERT INTO "alikes" VALUES(10,11,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(11,10,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(12,13,'variant code',895,'');
INSERT INTO "alikes" VALUES(13,12,'variant code',895,'');
INSERT INTO "alikes" VALUES(14,15,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(15,14,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(17,18,'name code shelf',591,'');
INSERT INTO "alikes" VALUES(18,17,'name code shelf',591,'');
INSERT INTO "alikes" VALUES(19,20,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(20,19,'variant code shelf',927,'');
INSERT INTO "alikes" VALUES(21,22,'name code shelf',898,'');
INSERT INTO "alikes" VALUES(22,21,'name code shelf',898,'');
CREATE TABLE balances (
	product_id INTEGER NOT NULL, 
	place VARCHAR NOT NULL, 
	lot VARCHAR NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_balances PRIMARY KEY (product_id, place, lot), 
	CONSTRAINT fk_balances_product_id FOREIGN KEY(product_id) REFERENCES products (id)
)
 WITHOUT ROWID

;
INSERT INTO "balances" VALUES(1,'parcel:1','M260701',2);
INSERT INTO "balances" VALUES(1,'parcel:2','M260701',1);
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','M260701',81);
INSERT INTO "balances" VALUES(1,'supplier','M260701',-84);
INSERT INTO "balances" VALUES(2,'parcel:1','M260702',1);
INSERT INTO "balances" VALUES(2,'parcel:2','M260702',1);
INSERT INTO "balances" VALUES(2,'shelf:A-01-02','M260702',58);
INSERT INTO "balances" VALUES(2,'supplier','M260702',-60);
INSERT INTO "balances" VALUES(3,'shelf:A-01-03','2027-06-16',48);
INSERT INTO "balances" VALUES(3,'supplier','2027-06-16',-48);
INSERT INTO "balances" VALUES(4,'shelf:A-01-04','2027-08-16',72);
INSERT INTO "balances" VALUES(4,'supplier','2027-08-16',-72);
INSERT INTO "balances" VALUES(5,'shelf:A-02-01','',55);
INSERT INTO "balances" VALUES(5,'supplier','',-55);
INSERT INTO "balances" VALUES(6,'shelf:A-02-02','',40);
INSERT INTO "balances" VALUES(6,'supplier','',-40);
INSERT INTO "balances" VALUES(7,'shelf:A-02-03','2027-05-16',36);
INSERT INTO "balances" VALUES(7,'supplier','2027-05-16',-36);
INSERT INTO "balances" VALUES(8,'shelf:A-02-04','2027-05-31',36);
INSERT INTO "balances" VALUES(8,'supplier','2027-05-31',-36);
INSERT INTO "balances" VALUES(9,'shelf:A-03-01','',90);
INSERT INTO "balances" VALUES(9,'supplier','',-90);
INSERT INTO "balances" VALUES(10,'shelf:A-03-02','',44);
INSERT INTO "balances" VALUES(10,'supplier','',-44);
INSERT INTO "balances" VALUES(11,'shelf:A-03-03','',30);
INSERT INTO "balances" VALUES(11,'supplier','',-30);
INSERT INTO "balances" VALUES(12,'shelf:A-03-04','2027-07-16',42);
INSERT INTO "balances" VALUES(12,'supplier','2027-07-16',-42);
INSERT INTO "balances" VALUES(13,'shelf:A-04-01','2027-07-31',42);
INSERT INTO "balances" VALUES(13,'supplier','2027-07-31',-42);
INSERT INTO "balances" VALUES(14,'shelf:A-04-02','',60);
INSERT INTO "balances" VALUES(14,'supplier','',-60);
INSERT INTO "balances" VALUES(15,'shelf:A-04-03','',60);
INSERT INTO "balances" VALUES(15,'supplier','',-60);
INSERT INTO "balances" VALUES(16,'shelf:A-04-04','',33);
INSERT INTO "balances" VALUES(16,'supplier','',-33);
INSERT INTO "balances" VALUES(17,'shelf:B-01-01','',28);
INSERT INTO "balances" VALUES(17,'supplier','',-28);
INSERT INTO "balances" VALUES(18,'shelf:B-01-02','',28);
INSERT INTO "balances" VALUES(18,'supplier','',-28);
INSERT INTO "balances" VALUES(19,'shelf:B-01-03','',20);
INSERT INTO "balances" VALUES(19,'supplier','',-20);
INSERT INTO "balances" VALUES(20,'shelf:B-01-04','',20);
INSERT INTO "balances" VALUES(20,'supplier','',-20);
INSERT INTO "balances" VALUES(21,'shelf:B-02-01','',70);
INSERT INTO "balances" VALUES(21,'supplier','',-70);
INSERT INTO "balances" VALUES(22,'parcel:3','',1);
INSERT INTO "balances" VALUES(22,'shelf:B-02-02','',69);
INSERT INTO "balances" VALUES(22,'supplier','',-70);
INSERT INTO "balances" VALUES(23,'shelf:B-02-03','',35);
INSERT INTO "balances" VALUES(23,'supplier','',-35);
INSERT INTO "balances" VALUES(24,'shelf:B-02-04','',18);
INSERT INTO "balances" VALUES(24,'supplier','',-18);
INSERT INTO "balances" VALUES(26,'shelf:B-03-02','',50);
INSERT INTO "balances" VALUES(26,'supplier','',-50);
CREATE TABLE batches (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	act VARCHAR NOT NULL
, station VARCHAR DEFAULT '' NOT NULL, person_id INTEGER, size INTEGER DEFAULT 0 NOT NULL);
INSERT INTO "batches" VALUES(1,1796040699844,'ae0ed334-c54f-4ef5-8618-bcad98c944de','bench-1',NULL,12);
CREATE TABLE carrier_accounts (
	shop_id INTEGER NOT NULL, 
	carrier VARCHAR(32) NOT NULL, 
	name VARCHAR(32) NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_carrier_accounts PRIMARY KEY (shop_id, carrier, name)
);
INSERT INTO "carrier_accounts" VALUES(0,'yamato_b2','customer_code','000000000000');
INSERT INTO "carrier_accounts" VALUES(0,'sagawa_e3','customer_code','000000000000');
CREATE TABLE closed_days (
	shop_id INTEGER NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	CONSTRAINT pk_closed_days PRIMARY KEY (shop_id, day)
);
CREATE TABLE confusions (
	wanted_id INTEGER NOT NULL, 
	scanned_id INTEGER NOT NULL, 
	times INTEGER NOT NULL, 
	last_at BIGINT NOT NULL, 
	CONSTRAINT pk_confusions PRIMARY KEY (wanted_id, scanned_id), 
	CONSTRAINT fk_confusions_wanted_id_products FOREIGN KEY(wanted_id) REFERENCES products (id), 
	CONSTRAINT fk_confusions_scanned_id_products FOREIGN KEY(scanned_id) REFERENCES products (id)
);
CREATE TABLE contacts (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	order_id INTEGER NOT NULL, 
	about VARCHAR(16) NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL, 
	asked VARCHAR DEFAULT '' NOT NULL, 
	due VARCHAR(10) DEFAULT '' NOT NULL, 
	shelf VARCHAR DEFAULT '' NOT NULL, 
	answer VARCHAR(12) DEFAULT '' NOT NULL, 
	answered_at BIGINT, 
	closed_at BIGINT, 
	CONSTRAINT pk_contacts PRIMARY KEY (id), 
	CONSTRAINT fk_contacts_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
CREATE TABLE delivery_methods (
	shop_id INTEGER NOT NULL, 
	method VARCHAR NOT NULL, 
	carrier VARCHAR(32) NOT NULL, 
	service VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_delivery_methods PRIMARY KEY (shop_id, method)
);
CREATE TABLE exports (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	station VARCHAR NOT NULL, 
	batch BIGINT, 
	carrier VARCHAR(32) NOT NULL, 
	shop_id INTEGER, 
	file VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	state VARCHAR(8) DEFAULT 'made' NOT NULL, 
	data BLOB, 
	CONSTRAINT pk_exports PRIMARY KEY (id)
);
INSERT INTO "exports" VALUES(1,'c29136af-d0a4-4ad5-afb6-cb5560376491',1796040699873,'bench-1',1,'yamato_b2',NULL,'yamato_b2_1_20261130-211139.csv','305f93279356af6b19840b5a033145f40642179dc227f8d786e78cbaddfe8349',12,'','written',NULL);
CREATE TABLE handovers (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	station VARCHAR NOT NULL, 
	person_id INTEGER, 
	carrier VARCHAR(32) NOT NULL, 
	pickup BIGINT, 
	counted INTEGER NOT NULL, 
	driver_count INTEGER, 
	closed_at BIGINT, 
	CONSTRAINT pk_handovers PRIMARY KEY (id)
);
CREATE TABLE holds (
	order_id INTEGER NOT NULL, 
	hold VARCHAR(32) NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL, 
	at BIGINT NOT NULL, 
	lifted_at BIGINT, 
	CONSTRAINT pk_holds PRIMARY KEY (order_id, hold), 
	CONSTRAINT fk_holds_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
INSERT INTO "holds" VALUES(4,'date_ahead','2026-12-02',1796040699545,NULL);
INSERT INTO "holds" VALUES(10,'date_ahead','2026-12-05',1796040699545,NULL);
INSERT INTO "holds" VALUES(13,'remark','',1796040699545,NULL);
INSERT INTO "holds" VALUES(14,'date_ahead','2026-12-04',1796040699545,NULL);
INSERT INTO "holds" VALUES(15,'address_awaited','',1796040699545,NULL);
INSERT INTO "holds" VALUES(18,'unpaid','',1796040699545,NULL);
INSERT INTO "holds" VALUES(20,'unpaid','',1796040699545,NULL);
INSERT INTO "holds" VALUES(31,'remark','',1796040699725,NULL);
INSERT INTO "holds" VALUES(33,'unpaid','',1796040699725,NULL);
INSERT INTO "holds" VALUES(34,'unknown_product','',1796040699725,NULL);
INSERT INTO "holds" VALUES(35,'date_ahead','2026-12-03',1796040699725,NULL);
INSERT INTO "holds" VALUES(37,'remark','メッセージ: おめでとうございます',1796040699725,NULL);
INSERT INTO "holds" VALUES(43,'bad_address','[["fault.abroad","to.country",{"value":"GB"}],["fault.bad_postcode","to.postcode",{"value":"ZZ1 1ZZ"}]]',1796040699725,NULL);
INSERT INTO "holds" VALUES(43,'missing_phone','[["fault.bad_phone","to.phone",{"value":"+440000000000"}]]',1796040699725,NULL);
INSERT INTO "holds" VALUES(3,'merge_proposed','#1015',1796040699743,NULL);
INSERT INTO "holds" VALUES(24,'merge_proposed','#1005',1796040699743,NULL);
INSERT INTO "holds" VALUES(31,'merge_proposed','999999-20260914-0000001023',1796040699743,NULL);
INSERT INTO "holds" VALUES(41,'merge_proposed','999999-20260914-0000001003',1796040699743,NULL);
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	file VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	shop VARCHAR NOT NULL, 
	result TEXT NOT NULL, kind VARCHAR(8) DEFAULT 'orders' NOT NULL, complete SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
INSERT INTO "imports" VALUES(1,'fa239447-51ab-48f3-ab66-28a73271955e',1796040699703,'rakuten.csv','03ba35228f677fa0d9882e9b943fc65f73033075c9e884598c003645539ec270','rakuten','見本商店 楽天市場店','{"added": 25, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 7, "flagged": 0, "gone": 0, "lines": 44, "problems": 5, "newest": 1796010492000}','orders',0);
INSERT INTO "imports" VALUES(2,'3e52d248-1a49-4774-96e6-7c6bc11ddff5',1796040699734,'shopify.csv','62dfbee5cf373e606c11ad6f2a52920f0d2c9cc216f0f8f39a8ecef5cbdc47ee','shopify','見本商店 公式オンラインストア','{"added": 18, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 6, "flagged": 0, "gone": 0, "lines": 31, "problems": 4, "newest": 1796010965000}','orders',0);
INSERT INTO "imports" VALUES(3,'037ddda8-fae3-4480-a73f-c7dbe131c64b',1796040699970,'numbers_yamato_b2_1_20261130-211139.csv','eedbdc158bd7a885b9baca40dfabb55147c64a9eb63a057e86ef823f4d76171d','yamato_b2','','{"rows": 12, "numbered": 12, "same": 0, "accepted": 0, "rejected": 0, "refused": 0, "missing": 0}','numbers',0);
CREATE TABLE journal (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	person_id INTEGER, 
	order_id INTEGER, 
	kind VARCHAR(16) NOT NULL, 
	raw TEXT NOT NULL, 
	"key" VARCHAR NOT NULL, 
	level VARCHAR(8) NOT NULL, 
	answer TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	prev VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (id), 
	CONSTRAINT uq_journal_act UNIQUE (act), 
	CONSTRAINT uq_journal_station_seq UNIQUE (station, seq)
);
INSERT INTO "journal" VALUES(1,'df99b3fc-fd45-4be7-9d87-951e073f01ac','bench-1',1,1796040699281,NULL,NULL,'settings','','settings','ok','{}','{"shop.name":"見本商店","shop.postcode":"100-0000","shop.address":"東京都架空区見本町1-2-3 見本ビル1階","shop.phone":"03-0000-0000","shop.email":"shop@example.com","shop.registration":"T0000000000000","carrier.default":"yamato_b2/takkyubin","ship.origin":"東京都","release.at_open":"off","intake.max_age":"0","shop.language":"ja"}','','9c470e216a0512b47c8641157ec67898daf46667d2674c872483cc59f4877a18');
INSERT INTO "journal" VALUES(2,'a5c19d03-e197-4e2c-968e-94f57a4ff335','bench-1',2,1796040699311,NULL,NULL,'people','','people','ok','{}','{"person":1,"role":"leader"}','9c470e216a0512b47c8641157ec67898daf46667d2674c872483cc59f4877a18','94fc1e6bc67bb911c918c7af7b56e00e66166ec868f6e22e131e301e5356ac6e');
INSERT INTO "journal" VALUES(3,'2318dc2b-8538-4e67-a4c5-de44dd2113c7','bench-1',3,1796040699322,NULL,NULL,'people','','people','ok','{}','{"person":2,"role":"packer"}','94fc1e6bc67bb911c918c7af7b56e00e66166ec868f6e22e131e301e5356ac6e','b6b4ede7fa8ec433f10e3c91539588d7fbfa93241dc8a23d532dc99527e766a6');
INSERT INTO "journal" VALUES(4,'76426bd9-e0d6-4953-8b76-8ee4f2742d47','bench-1',4,1796040699323,NULL,NULL,'people','','people','ok','{}','{"person":3,"role":"packer"}','b6b4ede7fa8ec433f10e3c91539588d7fbfa93241dc8a23d532dc99527e766a6','362ebdd239aa40856b3eabb8ae10740581c9fc6664cbf42e4b902fff1b6ca82e');
INSERT INTO "journal" VALUES(5,'5e6ded2f-9379-4a46-a5cd-2cb24fb3d4be','bench-1',5,1796040699324,NULL,NULL,'people','','people','ok','{}','{"person":4,"role":"picker"}','362ebdd239aa40856b3eabb8ae10740581c9fc6664cbf42e4b902fff1b6ca82e','f8fd1dbab0e03a1a01c2e4f56755090195db3aa9f1e04f64aa666dfd9b66f825');
INSERT INTO "journal" VALUES(6,'0ec80616-7404-4edf-9826-46ccbb0fba53','bench-1',6,1796040699327,NULL,NULL,'people','','people','ok','{}','{"person":5,"role":"office"}','f8fd1dbab0e03a1a01c2e4f56755090195db3aa9f1e04f64aa666dfd9b66f825','ce441ae206442149aa8897eeaf41519163d8b1d3314902f0a390354a33ab5648');
INSERT INTO "journal" VALUES(7,'05fcdc82-1b31-4419-9180-12a7212a37ec','bench-1',7,1796040699335,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["14:00","17:00"],"carrier":"yamato_b2"}','ce441ae206442149aa8897eeaf41519163d8b1d3314902f0a390354a33ab5648','8245f6cdf84d71ff64166183dc4beb690b7811bbdd0dae967e44e7bd446d745a');
INSERT INTO "journal" VALUES(8,'8652dd3a-40f9-4929-8442-4c210e6e4413','bench-1',8,1796040699337,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["15:30"],"carrier":"sagawa_e3"}','8245f6cdf84d71ff64166183dc4beb690b7811bbdd0dae967e44e7bd446d745a','7083bbb981423bff4e75543a2e86ce3d572ba398f6cd167ca0e9b5ab64c9b03e');
INSERT INTO "journal" VALUES(9,'59483b2c-4d5c-4427-9fa2-b2b7e5ca05ef','bench-1',9,1796040699343,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"yamato_b2","shop":0}','7083bbb981423bff4e75543a2e86ce3d572ba398f6cd167ca0e9b5ab64c9b03e','19f72b20128f5b4cda3cbb98bb8cbf1aa47a2e7438d449e43e55e5db9a3c40ff');
INSERT INTO "journal" VALUES(10,'39cb3499-e3c8-4d17-9c12-632edf240d14','bench-1',10,1796040699344,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"sagawa_e3","shop":0}','19f72b20128f5b4cda3cbb98bb8cbf1aa47a2e7438d449e43e55e5db9a3c40ff','47b7891f99338e2f2aa1d0ace0eaab5fefde32ff2dad4916f6f4c4a5289536b8');
INSERT INTO "journal" VALUES(11,'c511aa1b-903d-4693-94dc-cf88b1b2f76e','bench-1',11,1796040699348,NULL,NULL,'carriers','','carriers','ok','{}','{"lead_times":{"file":"lead_times.csv","rows":94,"carriers":["yamato_b2","sagawa_e3"]}}','47b7891f99338e2f2aa1d0ace0eaab5fefde32ff2dad4916f6f4c4a5289536b8','c79a9772267c2a9a6e71402e79957bf95e7e68b13d4f6b02a68f494d75cb3de5');
INSERT INTO "journal" VALUES(12,'22d987ef-2559-4132-be3b-89be6b0c0db3','bench-1',12,1796040699355,NULL,NULL,'products','','products','ok','{}','{"file":"products.csv","skus":["MAT-050","MAT-100","HOJ-080","HOJ-T20","SEN-100","GEN-200","COF-MED","COF-DRK","COF-DRP","YUZ-150","YUZ-300","MIS-AKA","MIS-SHI","SHO-300","SHO-USU","HON-180","JAM-ICH","JAM-BLU","CUP-BLU","CUP-RED","TOW-IND","TOW-SAK","FUR-045","CHA-SEN","TIM-001","GFT-BOX"]}','c79a9772267c2a9a6e71402e79957bf95e7e68b13d4f6b02a68f494d75cb3de5','012b175cb9200574f06372fdf9dea11295c9312c77b8bd77d04f07b0a10154a9');
INSERT INTO "journal" VALUES(13,'eaeb1e9d-5b61-454d-bb25-9561aa7626e6','bench-1',13,1796040699449,NULL,NULL,'alikes','','alikes','ok','{}','{"pairs":9,"gone":0}','012b175cb9200574f06372fdf9dea11295c9312c77b8bd77d04f07b0a10154a9','3dcf4f37079a4033abc02eed30442f6a183ba62d3face55e98fb2e956953f080');
INSERT INTO "journal" VALUES(14,'b55c7c78-ebe5-4f80-a4cf-ed6268ff3a06','bench-1',14,1796040699545,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","shop":"見本商店 楽天市場店","first":"999999-20260914-0000001001","last":"999999-20260914-0000001025","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0}','3dcf4f37079a4033abc02eed30442f6a183ba62d3face55e98fb2e956953f080','016e36294cd3a57962d4b8720db43299d05be82a6b0a5279c42285d28ed54ef5');
INSERT INTO "journal" VALUES(15,'fa239447-51ab-48f3-ab66-28a73271955e','bench-1',15,1796040699703,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","sha256":"03ba35228f677fa0d9882e9b943fc65f73033075c9e884598c003645539ec270","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0,"lines":44,"problems":5,"newest":1796010492000}','016e36294cd3a57962d4b8720db43299d05be82a6b0a5279c42285d28ed54ef5','8fdf6cb3e222bba8aaf7f3fe7839e38b88f93c0ad6dc3582633972c0ce846648');
INSERT INTO "journal" VALUES(16,'ff2141c3-9cbb-4951-b30b-38c5597e81f3','bench-1',16,1796040699717,NULL,NULL,'reserve','','reserve','ok','{"result":[[24,1,2,3,5,6,11,12,13,7,8,9,15,16,17,18,20,21,22,23,25,26,4,14,10],[]]}','{"covered":[24,1,2,3,5,6,11,12,13,7,8,9,15,16,17,18,20,21,22,23,25,26,4,14,10],"short":[]}','8fdf6cb3e222bba8aaf7f3fe7839e38b88f93c0ad6dc3582633972c0ce846648','1e604a0d7aeea82a33c81343a9d645bdce1f6b6f489d84ef05205f19edfbc441');
INSERT INTO "journal" VALUES(17,'ae266a0f-baf2-452a-9f51-01ec59eb2b5f','bench-1',17,1796040699725,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","shop":"見本商店 公式オンラインストア","first":"#1001","last":"#1020","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0}','1e604a0d7aeea82a33c81343a9d645bdce1f6b6f489d84ef05205f19edfbc441','eda0f2dbd7ba70bebc092c187e0cf9887643fb057b120cbc4b5702b0a02deadb');
INSERT INTO "journal" VALUES(18,'3e52d248-1a49-4774-96e6-7c6bc11ddff5','bench-1',18,1796040699734,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","sha256":"62dfbee5cf373e606c11ad6f2a52920f0d2c9cc216f0f8f39a8ecef5cbdc47ee","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0,"lines":31,"problems":4,"newest":1796010965000}','eda0f2dbd7ba70bebc092c187e0cf9887643fb057b120cbc4b5702b0a02deadb','fbc2d06b9e9122a1352bcd6f0b67cb0142363469533383c0262a3bc1df8629dd');
INSERT INTO "journal" VALUES(19,'1758c3b2-cc51-4f04-9d22-9e1f4127f7f6','bench-1',19,1796040699743,NULL,NULL,'merge','','merge','ok','{"result":4}','{"proposed":4}','fbc2d06b9e9122a1352bcd6f0b67cb0142363469533383c0262a3bc1df8629dd','2fcd41de1efd0aeb2466b3dba20d0b83fc3eb78ac077e6ad5bd63d1278b5619a');
INSERT INTO "journal" VALUES(20,'9ee5b198-e926-4e94-8256-130a14a6c46d','bench-1',20,1796040699768,NULL,NULL,'reserve','','reserve','ok','{"result":[[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],[]]}','{"covered":[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],"short":[]}','2fcd41de1efd0aeb2466b3dba20d0b83fc3eb78ac077e6ad5bd63d1278b5619a','f89426e5eac42f859e3a9c3e35b03771aadcbd2bdd2285db3ebc5c65c64a3236');
INSERT INTO "journal" VALUES(21,'a568a41d-aecf-45b6-ad1d-859e54eefb3a','bench-1',21,1796040699792,NULL,NULL,'recheck','','recheck','ok','{"result":0}','{"orders":[]}','f89426e5eac42f859e3a9c3e35b03771aadcbd2bdd2285db3ebc5c65c64a3236','79294ff663d936a6fbe70294863d35a4f3e8043d9a43281bb752798e7e7a7f79');
INSERT INTO "journal" VALUES(22,'e723b193-d839-4e69-949c-906b18d7cfb1','bench-1',22,1796040699812,NULL,NULL,'reserve','','reserve','ok','{"result":[[1,2,5,6,27,11,12,28,29,30,7,8],[]]}','{"covered":[1,2,5,6,27,11,12,28,29,30,7,8],"short":[]}','79294ff663d936a6fbe70294863d35a4f3e8043d9a43281bb752798e7e7a7f79','eb8a21e3691db62b74eaf0c5dc1267c7a7b585ac6fbe10e41960abc5ede816b3');
INSERT INTO "journal" VALUES(23,'ae0ed334-c54f-4ef5-8618-bcad98c944de','bench-1',23,1796040699844,NULL,NULL,'release','','release','ok','{"result":[1,2,[30,7,1,2,5,27,6,28,8,11,29,12],["1-001","1-002","1-003","1-004","1-005","1-006","1-007","1-008","1-009","1-010","1-011","1-012"],[],true]}','{"batch":1,"orders":[30,7,1,2,5,27,6,28,8,11,29,12],"first":"1-001","refused":0}','eb8a21e3691db62b74eaf0c5dc1267c7a7b585ac6fbe10e41960abc5ede816b3','292bc3d90681ff629daa5c619b11ef755aed2429e573fcef7ba42543e8aca9b8');
INSERT INTO "journal" VALUES(24,'c29136af-d0a4-4ad5-afb6-cb5560376491','bench-1',24,1796040699873,NULL,NULL,'export','','export','ok','{"result":["yamato_b2",[[1,"yamato_b2_1_20261130-211139.csv",12,12]],[],[]]}','{"carrier":"yamato_b2","batch":1,"reason":"","files":[[1,"yamato_b2_1_20261130-211139.csv",12]],"kept_out":0}','292bc3d90681ff629daa5c619b11ef755aed2429e573fcef7ba42543e8aca9b8','dbf0f56a3500eca31060b207dc302b75b89a679e717136bfdaafc70af95076c1');
INSERT INTO "journal" VALUES(25,'f8d23109-b9c9-484f-a73c-87aa563ff6be','bench-1',25,1796040699927,NULL,NULL,'written','','written','ok','{"result":true}','{"export":1}','dbf0f56a3500eca31060b207dc302b75b89a679e717136bfdaafc70af95076c1','159e5965f4524fe81adcb9ce0769fbe6f35a3c34771b0c55b006be1eb914a48f');
INSERT INTO "journal" VALUES(26,'15a01587-1e36-473e-b963-977b1ee36685','bench-1',26,1796040699957,NULL,NULL,'numbers','','numbers','ok','{"result":[]}','{"carrier":"yamato_b2","rows":12,"numbers":12}','159e5965f4524fe81adcb9ce0769fbe6f35a3c34771b0c55b006be1eb914a48f','617c4b0bf56f077dc866dac9e68d0f2aed96d723391494e4552d5a399839b1f9');
INSERT INTO "journal" VALUES(27,'037ddda8-fae3-4480-a73f-c7dbe131c64b','bench-1',27,1796040699970,NULL,NULL,'numbers','','numbers','ok','{}','{"file":"numbers_yamato_b2_1_20261130-211139.csv","sha256":"eedbdc158bd7a885b9baca40dfabb55147c64a9eb63a057e86ef823f4d76171d","rows":12,"numbered":12,"same":0,"accepted":0,"rejected":0,"refused":0,"missing":0}','617c4b0bf56f077dc866dac9e68d0f2aed96d723391494e4552d5a399839b1f9','de0c4a88b89d3b329a16861f13fa07a93ba68610de1005c1a723b3454a61c97e');
INSERT INTO "journal" VALUES(28,'982f63ec-f4d6-41e2-ab0c-4cda99ec71d4','bench-1',28,1796040700431,NULL,30,'scan','KO-1-001-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"#1004","ship_number":"1-001","lines":2,"pieces":3},"ask":{"kind":"item","line":52,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1,"lot":"M260702","expiry":"2027-10-16"},"order":"#1004","order_id":30,"ship_number":"1-001","done":0,"wanted":3,"person":{}}','[{"fact":"Opened","order":30,"release":false,"taken_over":"","slip":"1-001-1"}]','de0c4a88b89d3b329a16861f13fa07a93ba68610de1005c1a723b3454a61c97e','96f3f0e48939750f2ab5ffd5e9b015fcdfc4746b3f3f3ab41736cf20821452c5');
INSERT INTO "journal" VALUES(29,'ae5de961-a117-43c2-aadb-d9320295ba2a','bench-1',29,1796040700442,NULL,30,'scan','04599990001020','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"#1004","ship_number":"1-001","line_done":1,"line_wanted":1,"done":1,"wanted":3,"lot":"M260702","expiry":"2027-10-16"},"ask":{"kind":"item","line":53,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":2,"lot":"M260701","expiry":"2027-09-15"},"order":"#1004","order_id":30,"ship_number":"1-001","done":1,"wanted":3,"person":{}}','[{"fact":"Packed","line":52,"product":2,"code":"04599990001020","quantity":1,"lot":"M260702","source":"shelf:A-01-02","expiry":"2027-10-16","serial":"","how":"","reason":"","by":null}]','96f3f0e48939750f2ab5ffd5e9b015fcdfc4746b3f3f3ab41736cf20821452c5','d659097219465c086c59e542e4b0abd9e47e262a71733c83fec13fcb9ba543ff');
INSERT INTO "journal" VALUES(30,'e1e57f50-74cc-4046-b2f6-1516a3f7e9f8','bench-1',30,1796040700450,NULL,30,'scan','04599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"#1004","ship_number":"1-001","line_done":1,"line_wanted":2,"done":2,"wanted":3,"lot":"M260701","expiry":"2027-09-15"},"ask":{"kind":"item","line":53,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1,"lot":"M260701","expiry":"2027-09-15"},"order":"#1004","order_id":30,"ship_number":"1-001","done":2,"wanted":3,"person":{}}','[{"fact":"Packed","line":53,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-15","serial":"","how":"","reason":"","by":null}]','d659097219465c086c59e542e4b0abd9e47e262a71733c83fec13fcb9ba543ff','d3dd52dbf9a3b841d53d059f2cb5727530d4f8dfc8d4de1566a756e19ff2aaf4');
INSERT INTO "journal" VALUES(31,'19325f89-183c-4a9c-a254-933af897c058','bench-1',31,1796040700455,NULL,30,'scan','04599990001013','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"#1004","ship_number":"1-001","line_done":2,"line_wanted":2,"done":3,"wanted":3,"lot":"M260701","expiry":"2027-09-15"},"ask":{"kind":"waybill","waybill":"472892334386","last4":"4386","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{}}','[{"fact":"Packed","line":53,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-15","serial":"","how":"","reason":"","by":null}]','d3dd52dbf9a3b841d53d059f2cb5727530d4f8dfc8d4de1566a756e19ff2aaf4','3730b270a19a2f2a4b796eecfe2fc69336cbbc42b391a7dae3137925005d00af');
INSERT INTO "journal" VALUES(32,'29c6e6fb-f43a-48e5-908b-8003a0b09472','bench-1',32,1796040700460,NULL,30,'scan','','code.empty','refused','{"level":"refused","key":"code.empty","args":{"code":""},"ask":{"kind":"waybill","waybill":"472892334386","last4":"4386","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{}}','[]','3730b270a19a2f2a4b796eecfe2fc69336cbbc42b391a7dae3137925005d00af','f79259c434af511e9ed69682603bcfcd7d2f791efda53a5ced3856b49b56a0b4');
INSERT INTO "journal" VALUES(33,'5fc5e534-b673-4873-9186-5bc725fefde5','bench-1',33,1796040700461,NULL,30,'scan','472892334386','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"#1004","ship_number":"1-001","waybill":"472892334386","last4":"4386","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-002"},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{}}','[{"fact":"Attached","waybill":1,"number":"472892334386","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','f79259c434af511e9ed69682603bcfcd7d2f791efda53a5ced3856b49b56a0b4','45bfec5a2690fae1d1b9585662c21e8f71bf37a46f01a6baf8c6e062a5f6e16b');
INSERT INTO "journal" VALUES(34,'f6393f55-6414-4172-8ff6-5a1f1b7d19e0','bench-1',34,1796040700466,NULL,7,'scan','KO-1-002-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","lines":2,"pieces":2},"ask":{"kind":"item","line":11,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1,"lot":"M260701","expiry":"2027-09-15"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":0,"wanted":2,"person":{}}','[{"fact":"Opened","order":7,"release":false,"taken_over":"","slip":"1-002-1"}]','45bfec5a2690fae1d1b9585662c21e8f71bf37a46f01a6baf8c6e062a5f6e16b','714515be4d4e3f5c340c980a90dffb681bb8ecaa07c67ea4e2ec5a01e5530446');
INSERT INTO "journal" VALUES(35,'c72d5fee-bb98-4672-8678-72c1f0c3f4e1','bench-1',35,1796040700468,NULL,7,'scan','04599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"999999-20260914-0000001007","ship_number":"1-002","line_done":1,"line_wanted":1,"done":1,"wanted":2,"lot":"M260701","expiry":"2027-09-15"},"ask":{"kind":"item","line":12,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1,"lot":"M260702","expiry":"2027-10-16"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":1,"wanted":2,"person":{}}','[{"fact":"Packed","line":11,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-15","serial":"","how":"","reason":"","by":null}]','714515be4d4e3f5c340c980a90dffb681bb8ecaa07c67ea4e2ec5a01e5530446','fb7392a3117d91c05f58aacc89103d283d52ad305837e86465b1e19cd9370b6e');
INSERT INTO "journal" VALUES(36,'59cdffa9-8401-4dac-b35a-d1828ea059cb','bench-1',36,1796040700469,NULL,7,'scan','04599990001020','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"999999-20260914-0000001007","ship_number":"1-002","line_done":1,"line_wanted":1,"done":2,"wanted":2,"lot":"M260702","expiry":"2027-10-16"},"ask":{"kind":"waybill","waybill":"573688301992","last4":"1992","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{}}','[{"fact":"Packed","line":12,"product":2,"code":"04599990001020","quantity":1,"lot":"M260702","source":"shelf:A-01-02","expiry":"2027-10-16","serial":"","how":"","reason":"","by":null}]','fb7392a3117d91c05f58aacc89103d283d52ad305837e86465b1e19cd9370b6e','59b1ec29a1ad0e35347e6dfb5f70ae22c51c74a462848548c4e389cc7d43173b');
INSERT INTO "journal" VALUES(37,'1215328d-eba2-4da5-b186-2c6f083c4b5b','bench-1',37,1796040700473,NULL,7,'scan','','code.empty','refused','{"level":"refused","key":"code.empty","args":{"code":""},"ask":{"kind":"waybill","waybill":"573688301992","last4":"1992","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{}}','[]','59b1ec29a1ad0e35347e6dfb5f70ae22c51c74a462848548c4e389cc7d43173b','0f55629ca770abb6d8c076a66fd3b10d9f6be292b1f5079ffc3354d1a9f81874');
INSERT INTO "journal" VALUES(38,'349deaf6-8c8e-4e93-bf19-3f84d3229550','bench-1',38,1796040700475,NULL,7,'scan','573688301992','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","waybill":"573688301992","last4":"1992","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-003"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{}}','[{"fact":"Attached","waybill":2,"number":"573688301992","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','0f55629ca770abb6d8c076a66fd3b10d9f6be292b1f5079ffc3354d1a9f81874','44c0482e2253a6d45bc6a95fd47380b81dd2547af8c237a720fab529ec7e521c');
INSERT INTO "journal" VALUES(39,'4fc34f8d-b450-4cfb-adbb-9672b4ca1bf6','bench-1',39,1796040700481,NULL,12,'scan','KO-1-012-1','order.opened_skipped','info','{"level":"info","key":"order.opened_skipped","args":{"number":"999999-20260914-0000001011","ship_number":"1-012","lines":2,"pieces":2,"skipped":"1-003"},"ask":{"kind":"item","line":21,"sku":"TOW-SAK","name":"てぬぐい 千鳥 桜","product_code":"4599990004120","shelf":"B-02-02","left":1},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":0,"wanted":2,"person":{}}','[{"fact":"Opened","order":12,"release":false,"taken_over":"","slip":"1-012-1"}]','44c0482e2253a6d45bc6a95fd47380b81dd2547af8c237a720fab529ec7e521c','e18a281aba5e9190b7ac06086d45de2701c3a28afb601b0943f1b1452b89d5e4');
INSERT INTO "journal" VALUES(40,'e4b3c389-a271-487d-aa77-9dc00a98d983','bench-1',40,1796040700483,NULL,12,'scan','04599990004120','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"TOW-SAK","name":"てぬぐい 千鳥 桜","item_code":"4599990004120","shelf":"B-02-02","number":"999999-20260914-0000001011","ship_number":"1-012","line_done":1,"line_wanted":1,"done":1,"wanted":2},"ask":{"kind":"item","line":22,"sku":"FUR-045","name":"ふろしき 45cm 市松","product_code":"4599990004212","shelf":"B-02-03","left":1},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":1,"wanted":2,"person":{}}','[{"fact":"Packed","line":21,"product":22,"code":"04599990004120","quantity":1,"lot":"","source":"shelf:B-02-02","expiry":"","serial":"","how":"","reason":"","by":null}]','e18a281aba5e9190b7ac06086d45de2701c3a28afb601b0943f1b1452b89d5e4','4d2c4652e62a7170a713f80ae13d2973ca1a9c54679eb9a857d69ace409bc295');
INSERT INTO "journal" VALUES(41,'611988d8-038b-4b00-abff-402cb0d342c5','bench-1',41,1796040700486,NULL,12,'scan','4901234567894','code.unknown','refused','{"level":"refused","key":"code.unknown","args":{"code":"4901234567894","gtin":"04901234567894"},"ask":{"kind":"item","line":22,"sku":"FUR-045","name":"ふろしき 45cm 市松","product_code":"4599990004212","shelf":"B-02-03","left":1},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":1,"wanted":2,"person":{}}','[]','4d2c4652e62a7170a713f80ae13d2973ca1a9c54679eb9a857d69ace409bc295','15ca888022b806b0a2c79a9429c1dcd296aba277e9fd9d74e4d811b98142aa48');
CREATE TABLE lead_times (
	carrier VARCHAR(32) NOT NULL, 
	origin VARCHAR(8) NOT NULL, 
	prefecture VARCHAR(8) NOT NULL, 
	days SMALLINT NOT NULL, 
	CONSTRAINT pk_lead_times PRIMARY KEY (carrier, origin, prefecture)
);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','北海道',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','青森県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','岩手県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','宮城県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','秋田県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','山形県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','福島県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','茨城県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','栃木県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','群馬県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','埼玉県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','千葉県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','東京都',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','神奈川県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','新潟県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','富山県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','石川県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','福井県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','山梨県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','長野県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','岐阜県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','静岡県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','愛知県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','三重県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','滋賀県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','京都府',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','大阪府',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','兵庫県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','奈良県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','和歌山県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','鳥取県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','島根県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','岡山県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','広島県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','山口県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','徳島県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','香川県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','愛媛県',1);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','高知県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','福岡県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','佐賀県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','長崎県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','熊本県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','大分県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','宮崎県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','鹿児島県',2);
INSERT INTO "lead_times" VALUES('yamato_b2','東京都','沖縄県',3);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','北海道',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','青森県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','岩手県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','宮城県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','秋田県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','山形県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','福島県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','茨城県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','栃木県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','群馬県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','埼玉県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','千葉県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','東京都',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','神奈川県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','新潟県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','富山県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','石川県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','福井県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','山梨県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','長野県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','岐阜県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','静岡県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','愛知県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','三重県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','滋賀県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','京都府',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','大阪府',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','兵庫県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','奈良県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','和歌山県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','鳥取県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','島根県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','岡山県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','広島県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','山口県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','徳島県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','香川県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','愛媛県',1);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','高知県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','福岡県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','佐賀県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','長崎県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','熊本県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','大分県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','宮崎県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','鹿児島県',2);
INSERT INTO "lead_times" VALUES('sagawa_e3','東京都','沖縄県',3);
CREATE TABLE loads (
	cut_off BIGINT NOT NULL, 
	carrier VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	shard VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	CONSTRAINT pk_loads PRIMARY KEY (cut_off, carrier, state, shard)
);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','ready','',15);
INSERT INTO "loads" VALUES(1796187600000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796446800000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','received','',12);
INSERT INTO "loads" VALUES(1796360400000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796274000000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','released','',12);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','released','bench-1',-2);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','verified','bench-1',2);
CREATE TABLE lots (
	product_id INTEGER NOT NULL, 
	lot VARCHAR NOT NULL, 
	expiry VARCHAR(10) DEFAULT '' NOT NULL, 
	recalled SMALLINT DEFAULT 0 NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_lots PRIMARY KEY (product_id, lot), 
	CONSTRAINT fk_lots_product_id_products FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "lots" VALUES(1,'M260701','2027-09-15',0,'');
INSERT INTO "lots" VALUES(2,'M260702','2027-10-16',0,'');
INSERT INTO "lots" VALUES(3,'2027-06-16','2027-06-16',0,'');
INSERT INTO "lots" VALUES(4,'2027-08-16','2027-08-16',0,'');
INSERT INTO "lots" VALUES(7,'2027-05-16','2027-05-16',0,'');
INSERT INTO "lots" VALUES(8,'2027-05-31','2027-05-31',0,'');
INSERT INTO "lots" VALUES(12,'2027-07-16','2027-07-16',0,'');
INSERT INTO "lots" VALUES(13,'2027-07-31','2027-07-31',0,'');
CREATE TABLE marks (
	name VARCHAR(32) NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_marks PRIMARY KEY (name)
);
INSERT INTO "marks" VALUES('alikes.product',26);
INSERT INTO "marks" VALUES('alikes.compared',12);
INSERT INTO "marks" VALUES('alikes.claimed',0);
CREATE TABLE moves (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	product_id INTEGER NOT NULL, 
	lot VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	order_id INTEGER, 
	CONSTRAINT pk_moves PRIMARY KEY (id), 
	CONSTRAINT ck_moves_moves_something CHECK (quantity >= 1 AND source <> target), 
	CONSTRAINT fk_moves_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "moves" VALUES(1,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,1,'M260701','supplier','shelf:A-01-01',84,NULL);
INSERT INTO "moves" VALUES(2,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,2,'M260702','supplier','shelf:A-01-02',60,NULL);
INSERT INTO "moves" VALUES(3,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,3,'2027-06-16','supplier','shelf:A-01-03',48,NULL);
INSERT INTO "moves" VALUES(4,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,4,'2027-08-16','supplier','shelf:A-01-04',72,NULL);
INSERT INTO "moves" VALUES(5,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,5,'','supplier','shelf:A-02-01',55,NULL);
INSERT INTO "moves" VALUES(6,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,6,'','supplier','shelf:A-02-02',40,NULL);
INSERT INTO "moves" VALUES(7,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,7,'2027-05-16','supplier','shelf:A-02-03',36,NULL);
INSERT INTO "moves" VALUES(8,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,8,'2027-05-31','supplier','shelf:A-02-04',36,NULL);
INSERT INTO "moves" VALUES(9,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,9,'','supplier','shelf:A-03-01',90,NULL);
INSERT INTO "moves" VALUES(10,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,10,'','supplier','shelf:A-03-02',44,NULL);
INSERT INTO "moves" VALUES(11,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,11,'','supplier','shelf:A-03-03',30,NULL);
INSERT INTO "moves" VALUES(12,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,12,'2027-07-16','supplier','shelf:A-03-04',42,NULL);
INSERT INTO "moves" VALUES(13,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,13,'2027-07-31','supplier','shelf:A-04-01',42,NULL);
INSERT INTO "moves" VALUES(14,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,14,'','supplier','shelf:A-04-02',60,NULL);
INSERT INTO "moves" VALUES(15,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,15,'','supplier','shelf:A-04-03',60,NULL);
INSERT INTO "moves" VALUES(16,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,16,'','supplier','shelf:A-04-04',33,NULL);
INSERT INTO "moves" VALUES(17,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,17,'','supplier','shelf:B-01-01',28,NULL);
INSERT INTO "moves" VALUES(18,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,18,'','supplier','shelf:B-01-02',28,NULL);
INSERT INTO "moves" VALUES(19,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,19,'','supplier','shelf:B-01-03',20,NULL);
INSERT INTO "moves" VALUES(20,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,20,'','supplier','shelf:B-01-04',20,NULL);
INSERT INTO "moves" VALUES(21,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,21,'','supplier','shelf:B-02-01',70,NULL);
INSERT INTO "moves" VALUES(22,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,22,'','supplier','shelf:B-02-02',70,NULL);
INSERT INTO "moves" VALUES(23,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,23,'','supplier','shelf:B-02-03',35,NULL);
INSERT INTO "moves" VALUES(24,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,24,'','supplier','shelf:B-02-04',18,NULL);
INSERT INTO "moves" VALUES(25,'22d987ef-2559-4132-be3b-89be6b0c0db3',1796040699355,26,'','supplier','shelf:B-03-02',50,NULL);
INSERT INTO "moves" VALUES(26,'ae5de961-a117-43c2-aadb-d9320295ba2a',1796040700442,2,'M260702','shelf:A-01-02','parcel:1',1,30);
INSERT INTO "moves" VALUES(27,'e1e57f50-74cc-4046-b2f6-1516a3f7e9f8',1796040700450,1,'M260701','shelf:A-01-01','parcel:1',1,30);
INSERT INTO "moves" VALUES(28,'19325f89-183c-4a9c-a254-933af897c058',1796040700455,1,'M260701','shelf:A-01-01','parcel:1',1,30);
INSERT INTO "moves" VALUES(29,'c72d5fee-bb98-4672-8678-72c1f0c3f4e1',1796040700468,1,'M260701','shelf:A-01-01','parcel:2',1,7);
INSERT INTO "moves" VALUES(30,'59cdffa9-8401-4dac-b35a-d1828ea059cb',1796040700469,2,'M260702','shelf:A-01-02','parcel:2',1,7);
INSERT INTO "moves" VALUES(31,'e4b3c389-a271-487d-aa77-9dc00a98d983',1796040700483,22,'','shelf:B-02-02','parcel:3',1,12);
CREATE TABLE option_texts (
	parent_fold VARCHAR NOT NULL, 
	text_fold VARCHAR NOT NULL, 
	product_id INTEGER NOT NULL, 
	CONSTRAINT pk_option_texts PRIMARY KEY (parent_fold, text_fold), 
	CONSTRAINT fk_option_texts_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
CREATE TABLE order_lines (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	sku VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	product_id INTEGER, 
	wanted INTEGER NOT NULL, 
	done INTEGER DEFAULT 0 NOT NULL, 
	short INTEGER DEFAULT 0 NOT NULL, 
	price VARCHAR DEFAULT '' NOT NULL, 
	tax_rate VARCHAR DEFAULT '' NOT NULL, 
	options TEXT DEFAULT '' NOT NULL, reserved INTEGER DEFAULT 0 NOT NULL, sold INTEGER, 
	CONSTRAINT pk_order_lines PRIMARY KEY (id), 
	CONSTRAINT ck_order_lines_counts CHECK (done >= 0 AND short >= 0 AND done + short <= wanted), 
	CONSTRAINT fk_order_lines_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_order_lines_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "order_lines" VALUES(1,1,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,0,0,'1080','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(2,1,2,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,0,0,'2480','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(3,2,1,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,0,0,'1980','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(4,3,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,2,0,0,'1200','0.08','',2,NULL);
INSERT INTO "order_lines" VALUES(5,3,2,'HOJ-080','【見本市場】深煎りほうじ茶 80g',3,1,0,0,'640','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(6,3,3,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,1,0,0,'860','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(7,4,1,'YUZ-150','【見本市場】ゆずしお 150g',10,3,0,0,'540','0.08','',3,NULL);
INSERT INTO "order_lines" VALUES(8,5,1,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(9,5,2,'COF-DRK','【見本市場】みさき珈琲 豆 深煎り 200g',8,1,0,0,'1480','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(10,6,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,12,0,0,'620','0.08','',12,NULL);
INSERT INTO "order_lines" VALUES(11,7,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,1,0,'1080','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(12,7,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,1,0,'1980','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(13,8,1,'CUP-BLU','【見本市場】湯のみ なみ紋 青',19,1,0,0,'1650','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(14,8,2,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(15,8,3,'GFT-BOX','【見本市場】ギフト箱 中（包装つき）',26,1,0,0,'330','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(16,9,1,'MIS-AKA','【見本市場】ひなた味噌 赤 500g',12,2,0,0,'760','0.08','',2,NULL);
INSERT INTO "order_lines" VALUES(17,9,2,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(18,10,1,'HON-180','【見本市場】れんげはちみつ 180g',16,1,0,0,'1350','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(19,10,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,2,0,0,'880','0.08','',2,NULL);
INSERT INTO "order_lines" VALUES(20,11,1,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,1,0,0,'990','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(21,12,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,1,1,0,'990','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(22,12,2,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,0,0,'1320','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(23,13,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,2,0,0,'1280','0.08','',2,NULL);
INSERT INTO "order_lines" VALUES(24,14,1,'HOJ-T20','【見本市場】深煎りほうじ茶 ティーバッグ 20袋',4,1,0,0,'780','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(25,15,1,'JAM-BLU','【見本市場】ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(26,15,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,1,0,0,'880','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(27,16,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,1,0,0,'620','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(28,16,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(29,17,1,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,4,0,0,'860','0.08','',4,NULL);
INSERT INTO "order_lines" VALUES(30,18,1,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,0,0,'1320','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(31,19,1,'HON-180','【見本市場】れんげはちみつ 180g',16,2,0,0,'1350','0.08','',0,NULL);
INSERT INTO "order_lines" VALUES(32,20,1,'YUZ-300','【見本市場】ゆずしお 300g',11,1,0,0,'980','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(33,20,2,'YUZ-150','【見本市場】ゆずしお 150g',10,1,0,0,'540','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(34,21,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,6,0,0,'1080','0.08','',6,NULL);
INSERT INTO "order_lines" VALUES(35,22,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,2,0,0,'990','0.1','',2,NULL);
INSERT INTO "order_lines" VALUES(36,22,2,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,2,0,0,'990','0.1','',2,NULL);
INSERT INTO "order_lines" VALUES(37,23,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,1,0,0,'1280','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(38,23,2,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(39,23,3,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(40,24,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,1,0,0,'1200','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(41,25,1,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,0,0,'2480','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(42,25,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,2,0,0,'1980','0.08','',2,NULL);
INSERT INTO "order_lines" VALUES(43,26,1,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','ラッピング:不要',1,NULL);
INSERT INTO "order_lines" VALUES(44,26,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','ラッピング:不要',1,NULL);
INSERT INTO "order_lines" VALUES(45,26,3,'YUZ-150','【見本市場】ゆずしお 150g',10,1,0,0,'540','0.08','ラッピング:不要',1,NULL);
INSERT INTO "order_lines" VALUES(46,27,1,'COF-MED','みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','','',1,NULL);
INSERT INTO "order_lines" VALUES(47,27,2,'COF-DRP','みさき珈琲 ドリップ 10袋',9,1,0,0,'1280','','',1,NULL);
INSERT INTO "order_lines" VALUES(48,28,1,'CUP-BLU','湯のみ なみ紋 青',19,2,0,0,'1650','','',2,NULL);
INSERT INTO "order_lines" VALUES(49,29,1,'TOW-IND','てぬぐい 千鳥 藍',21,1,0,0,'990','','',1,NULL);
INSERT INTO "order_lines" VALUES(50,29,2,'TOW-SAK','てぬぐい 千鳥 桜',22,1,0,0,'990','','',1,NULL);
INSERT INTO "order_lines" VALUES(51,29,3,'FUR-045','ふろしき 45cm 市松',23,1,0,0,'1320','','',1,NULL);
INSERT INTO "order_lines" VALUES(52,30,1,'MAT-100','有機抹茶パウダー 100g',2,1,1,0,'1980','','',1,NULL);
INSERT INTO "order_lines" VALUES(53,30,2,'MAT-050','有機抹茶パウダー 50g',1,2,2,0,'1080','','',2,NULL);
INSERT INTO "order_lines" VALUES(54,31,1,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','',1,NULL);
INSERT INTO "order_lines" VALUES(55,32,1,'JAM-ICH','いちごジャム 木苺舎 150g',17,1,0,0,'880','','',0,NULL);
INSERT INTO "order_lines" VALUES(56,32,2,'JAM-BLU','ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','','',0,NULL);
INSERT INTO "order_lines" VALUES(57,32,3,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','',0,NULL);
INSERT INTO "order_lines" VALUES(58,33,1,'YUZ-300','ゆずしお 300g',11,2,0,0,'980','','',2,NULL);
INSERT INTO "order_lines" VALUES(59,34,1,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','',1,NULL);
INSERT INTO "order_lines" VALUES(60,34,2,'NEW-777','新茶しずく 30g',NULL,1,0,0,'1200','','',0,NULL);
INSERT INTO "order_lines" VALUES(61,35,1,'SHO-300','こいくちしょうゆ くじら 300ml',14,2,0,0,'620','','',2,NULL);
INSERT INTO "order_lines" VALUES(62,35,2,'SHO-USU','うすくちしょうゆ くじら 300ml',15,1,0,0,'620','','',1,NULL);
INSERT INTO "order_lines" VALUES(63,36,1,'GEN-200','玄米茶 ふくろう印 200g',6,1,0,0,'860','','',1,NULL);
INSERT INTO "order_lines" VALUES(64,36,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL);
INSERT INTO "order_lines" VALUES(65,37,1,'CHA-SEN','茶せん 八十本立',24,1,0,0,'2480','','',1,NULL);
INSERT INTO "order_lines" VALUES(66,37,2,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','',1,NULL);
INSERT INTO "order_lines" VALUES(67,37,3,'CUP-RED','湯のみ なみ紋 赤',20,1,0,0,'1650','','',1,NULL);
INSERT INTO "order_lines" VALUES(68,38,1,'COF-DRK','みさき珈琲 豆 深煎り 200g',8,3,0,0,'1480','','',3,NULL);
INSERT INTO "order_lines" VALUES(69,39,1,'MIS-AKA','ひなた味噌 赤 500g',12,1,0,0,'760','','',1,NULL);
INSERT INTO "order_lines" VALUES(70,40,1,'TOW-SAK','てぬぐい 千鳥 桜',22,5,0,0,'990','','',5,NULL);
INSERT INTO "order_lines" VALUES(71,41,1,'HOJ-T20','深煎りほうじ茶 ティーバッグ 20袋',4,2,0,0,'780','','',2,NULL);
INSERT INTO "order_lines" VALUES(72,41,2,'HOJ-080','深煎りほうじ茶 80g',3,1,0,0,'640','','',1,NULL);
INSERT INTO "order_lines" VALUES(73,42,1,'YUZ-150','ゆずしお 150g',10,1,0,0,'540','','',1,NULL);
INSERT INTO "order_lines" VALUES(74,42,2,'YUZ-300','ゆずしお 300g',11,1,0,0,'980','','',1,NULL);
INSERT INTO "order_lines" VALUES(75,43,1,'FUR-045','ふろしき 45cm 市松',23,2,0,0,'1320','','',2,NULL);
INSERT INTO "order_lines" VALUES(76,44,1,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL);
INSERT INTO "order_lines" VALUES(77,44,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL);
INSERT INTO "order_lines" VALUES(78,45,1,'MIS-SHI','ひなた味噌 白 500g',13,2,0,0,'760','','',2,NULL);
INSERT INTO "order_lines" VALUES(79,45,2,'MIS-AKA','ひなた味噌 赤 500g',12,2,0,0,'760','','',2,NULL);
CREATE TABLE orders (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	ship_to_key VARCHAR NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	held SMALLINT DEFAULT 0 NOT NULL, 
	version INTEGER DEFAULT 0 NOT NULL, 
	batch BIGINT, 
	sequence INTEGER, 
	received_at BIGINT NOT NULL, 
	ordered_at BIGINT NOT NULL, 
	cut_off BIGINT, 
	queue_at BIGINT NOT NULL, 
	rank INTEGER NOT NULL, 
	holder VARCHAR DEFAULT '' NOT NULL, 
	lease_until BIGINT DEFAULT 0 NOT NULL, 
	line_count INTEGER NOT NULL, 
	pieces INTEGER NOT NULL, 
	ship_name VARCHAR NOT NULL, 
	prefecture VARCHAR NOT NULL, 
	gift SMALLINT NOT NULL, 
	content TEXT NOT NULL, 
	digest VARCHAR NOT NULL, carrier VARCHAR(32) DEFAULT '' NOT NULL, service VARCHAR(32) DEFAULT '' NOT NULL, service_by VARCHAR(8) DEFAULT '' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, size INTEGER DEFAULT 0 NOT NULL, ship_date VARCHAR(10) DEFAULT '' NOT NULL, wish_date VARCHAR(10) DEFAULT '' NOT NULL, slot VARCHAR(8) DEFAULT '' NOT NULL, cod INTEGER DEFAULT 0 NOT NULL, parcel_count INTEGER DEFAULT 1 NOT NULL, merge_key VARCHAR DEFAULT '' NOT NULL, lead_id INTEGER, parked SMALLINT DEFAULT 0 NOT NULL, report_id INTEGER, 
	CONSTRAINT pk_orders PRIMARY KEY (id), 
	CONSTRAINT fk_orders_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_orders_shop_id_number_ship_to_key UNIQUE (shop_id, number, ship_to_key)
);
INSERT INTO "orders" VALUES(1,1,'999999-20260914-0000001001','20000001','released',0,1,1,3,1796040699545,1795993212000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','東京都',0,'{"buyer":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3560","shipping":"550","fee":"0","discount":"0","points":"0","total":"4110","currency":"JPY"}}','53388317d0a07d438a507d3ece94d023','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'2b5ca5409cf7bc87ef231182',NULL,0,NULL);
INSERT INTO "orders" VALUES(2,1,'999999-20260914-0000001002','20000011','released',0,1,1,4,1796040699545,1795993632000,1796101200000,1796101200000,0,'',0,1,1,'試験 花子','大阪府',0,'{"buyer":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1980","shipping":"550","fee":"0","discount":"0","points":"0","total":"2530","currency":"JPY"}}','7e55fbb45249393e7f3e41c97223b1b5','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'e7f410ab6ae9f2ec981abaea',NULL,0,NULL);
INSERT INTO "orders" VALUES(3,1,'999999-20260914-0000001003','20000021','received',1,0,NULL,NULL,1796040699545,1795994052000,1796101200000,1796101200000,0,'',0,3,4,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3900","shipping":"550","fee":"0","discount":"0","points":"0","total":"4450","currency":"JPY"}}','413293b36dbb8c53bce8804006766874','yamato_b2','takkyubin','','ambient',52,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL);
INSERT INTO "orders" VALUES(4,1,'999999-20260914-0000001004','20000031','received',1,0,NULL,NULL,1796040699545,1795994472000,1796187600000,1796187600000,0,'',0,1,3,'仮名 さくら','北海道',0,'{"buyer":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-04 14:00-16:00","totals":{"subtotal":"1620","shipping":"550","fee":"0","discount":"0","points":"0","total":"2170","currency":"JPY"}}','577c0ef3e1adfa14681fe5e6bbae2f6f','yamato_b2','takkyubin','','ambient',35,'2026-12-02','2026-12-04','14-16',0,1,'5c0665f4081d43a9ad449611',NULL,0,NULL);
INSERT INTO "orders" VALUES(5,1,'999999-20260914-0000001005','20000041','released',0,1,1,5,1796040699545,1795994892000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','福岡県',0,'{"buyer":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2960","shipping":"550","fee":"0","discount":"0","points":"0","total":"3510","currency":"JPY"}}','5c93b88ed7ed47e7f56c089521244af4','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'b8f6012220149e12af7a31cc',NULL,0,NULL);
INSERT INTO "orders" VALUES(6,1,'999999-20260914-0000001006','20000051','released',0,1,1,7,1796040699545,1795995312000,1796101200000,1796101200000,0,'',0,1,12,'見本 あおい','宮城県',0,'{"buyer":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"7440","shipping":"0","fee":"0","discount":"0","points":"0","total":"7440","currency":"JPY"}}','63fd2f31ff7c8b90bced25f3cdeb011c','yamato_b2','takkyubin','','ambient',102,'2026-12-01','','',0,1,'4127348bfc29bf6cda9efcb8',NULL,0,NULL);
INSERT INTO "orders" VALUES(7,1,'999999-20260914-0000001007','20000061','verified',0,1,1,2,1796040699545,1795999332000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','愛知県',1,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-5624","country":"JP"},"note":"のし: 内祝い 見本","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3060","shipping":"550","fee":"0","discount":"0","points":"0","total":"3610","currency":"JPY"}}','2cfe5efcc481f07d6d97aaa1b86c0309','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'bd7f89a4aa03c7b5179f5098',NULL,0,NULL);
INSERT INTO "orders" VALUES(8,1,'999999-20260914-0000001008','20000071','released',0,1,1,9,1796040699545,1795999752000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','宮城県',1,'{"buyer":{"name":"例示 誠","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-6018","country":"JP"},"note":"ラッピング: 包装紙（青海波）","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3630","shipping":"550","fee":"0","discount":"0","points":"0","total":"4180","currency":"JPY"}}','5aff870c7dea352dc90247b7e9bec788','yamato_b2','takkyubin','','ambient',58,'2026-12-01','','',0,1,'915707a6593e42f0da706b27',NULL,0,NULL);
INSERT INTO "orders" VALUES(9,1,'999999-20260914-0000001009','20000081','ready',0,0,NULL,NULL,1796040699545,1796000172000,1796101200000,1796101200000,0,'',0,2,3,'仮野 みどり','石川県',0,'{"buyer":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3160","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"550","fee":"330","discount":"0","points":"0","total":"3160","currency":"JPY"}}','74389ef9ee0fa9699ff351c37399a6da','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',3160,1,'fc7946f62687f1b8ff758c27',NULL,0,NULL);
INSERT INTO "orders" VALUES(10,1,'999999-20260914-0000001010','20000091','received',1,0,NULL,NULL,1796040699545,1795996992000,1796446800000,1796446800000,0,'',0,2,3,'空想 大輔','香川県',0,'{"buyer":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3990","delivery":"宅配便","wish":"2026-12-06 午前中","totals":{"subtotal":"3110","shipping":"550","fee":"330","discount":"0","points":"0","total":"3990","currency":"JPY"}}','3d00352796800c8a362a96a1cd5be725','yamato_b2','takkyubin','','ambient',35,'2026-12-05','2026-12-06','am',3990,1,'2db4ede9a0d3a38740f426d8',NULL,0,NULL);
INSERT INTO "orders" VALUES(11,1,'999999-20260914-0000001011','20000101','released',0,1,1,10,1796040699545,1795997412000,1796101200000,1796101200000,0,'',0,1,1,'例示 誠','福岡県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"990","shipping":"550","fee":"0","discount":"0","points":"0","total":"1540","currency":"JPY"}}','6f98fca1f47227b9fdc13263af9f76c1','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'8b03c5ba2220745ba971fbbe',NULL,0,NULL);
INSERT INTO "orders" VALUES(12,1,'999999-20260914-0000001011','20000102','released',0,1,1,12,1796040699545,1795997412000,1796101200000,1796101200000,0,'bench-1',1796042500481,2,2,'仮野 みどり','宮城県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2310","shipping":"0","fee":"0","discount":"0","points":"0","total":"2310","currency":"JPY"}}','a79a79b001c15beee85f393ebe198808','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'21bd0c7fb3fbd27ae56a96ac',NULL,0,NULL);
INSERT INTO "orders" VALUES(13,1,'999999-20260914-0000001012','20000111','received',1,0,NULL,NULL,1796040699545,1795997832000,1796101200000,1796101200000,0,'',0,1,2,'見本田 光','大阪府',0,'{"buyer":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"note":"不在のときは玄関の前に置いてください。","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2560","shipping":"550","fee":"0","discount":"0","points":"0","total":"3110","currency":"JPY"}}','05c16531b789db7b08b30f13a7c84514','yamato_b2','takkyubin','','ambient',43,'2026-12-01','','',0,1,'6fb9be80defe1a41bfa2f244',NULL,0,NULL);
INSERT INTO "orders" VALUES(14,1,'999999-20260914-0000001013','20000121','received',1,0,NULL,NULL,1796040699545,1796001852000,1796360400000,1796360400000,0,'',0,1,1,'試谷 恵','愛知県',0,'{"buyer":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-05(土) 午前中","totals":{"subtotal":"780","shipping":"550","fee":"0","discount":"0","points":"0","total":"1330","currency":"JPY"}}','195e9f665707f9a136d8035b833b0052','yamato_b2','takkyubin','','ambient',32,'2026-12-04','2026-12-05','am',0,1,'b692cd3f0caa64c0503901d4',NULL,0,NULL);
INSERT INTO "orders" VALUES(15,1,'999999-20260914-0000001014','20000131','received',1,0,NULL,NULL,1796040699545,1796002272000,1796101200000,1796101200000,0,'',0,2,2,'入力待ち 入力待ち','入力待ち',1,'{"buyer":{"name":"例井 直樹","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8125","country":"JP"},"ship_to":{"name":"入力待ち 入力待ち","postcode":"999-9999","prefecture":"入力待ち","city":"入力待ち","street":"入力待ち","phone":"999-9999-9999","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1800","shipping":"550","fee":"0","discount":"0","points":"0","total":"2350","currency":"JPY"}}','28d16246fe5d05955930df27b76d51f8','yamato_b2','takkyubin','','ambient',29,'2026-12-01','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(16,1,'999999-20260914-0000001015','20000141','ready',0,0,NULL,NULL,1796040699545,1796002692000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1240","shipping":"550","fee":"0","discount":"0","points":"0","total":"1790","currency":"JPY"}}','6c4caf2cc64778851f5a429e9fe0b9c1','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL);
INSERT INTO "orders" VALUES(17,1,'999999-20260914-0000001016','20000151','ready',0,0,NULL,NULL,1796040699545,1796003112000,1796101200000,1796101200000,0,'',0,1,4,'試験 花子','宮城県',0,'{"buyer":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3440","shipping":"550","fee":"0","discount":"0","points":"0","total":"3990","currency":"JPY"}}','350360807a1f7e09282729a04fa1d694','yamato_b2','takkyubin','','ambient',57,'2026-12-01','','',0,1,'4f218bc0477e10f6876af70f',NULL,0,NULL);
INSERT INTO "orders" VALUES(18,1,'999999-20260914-0000001017','20000161','received',1,0,NULL,NULL,1796040699545,1796003532000,1796101200000,1796101200000,0,'',0,1,1,'例題 一郎','広島県',0,'{"buyer":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1320","shipping":"550","fee":"0","discount":"0","points":"0","total":"1870","currency":"JPY"}}','2261b37e8475cefc637e7b65c25bad88','yamato_b2','takkyubin','','ambient',39,'2026-12-01','','',0,1,'5c1d4b550677740421c21f24',NULL,0,NULL);
INSERT INTO "orders" VALUES(19,1,'999999-20260914-0000001018','20000171','cancelled',0,0,NULL,NULL,1796040699545,1796003952000,NULL,253402300799000,0,'',0,1,2,'仮名 さくら','沖縄県',0,'{"buyer":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2700","shipping":"550","fee":"0","discount":"0","points":"0","total":"3250","currency":"JPY"}}','2df5e955dbc91707f8d64e7ef152f146','','','','ambient',0,'','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(20,1,'999999-20260914-0000001019','20000181','received',1,0,NULL,NULL,1796040699545,1796004372000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"550","fee":"0","discount":"0","points":"0","total":"2070","currency":"JPY"}}','27aca5768433c810a45a07245755f22c','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL);
INSERT INTO "orders" VALUES(21,1,'999999-20260914-0000001020','20000191','ready',0,0,NULL,NULL,1796040699545,1796004792000,1796101200000,1796101200000,0,'',0,1,6,'見本 あおい','香川県',0,'{"buyer":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6480","shipping":"0","fee":"0","discount":"0","points":"0","total":"6480","currency":"JPY"}}','fe16b24a76fcba2cb72f43d779a3ce89','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'55a9582c3248ac3c3d7a6a88',NULL,0,NULL);
INSERT INTO "orders" VALUES(22,1,'999999-20260914-0000001021','20000201','ready',0,0,NULL,NULL,1796040699545,1796005212000,1796101200000,1796101200000,0,'',0,2,4,'試作 洋子','東京都',0,'{"buyer":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3960","shipping":"550","fee":"0","discount":"0","points":"0","total":"4510","currency":"JPY"}}','d84d7f53681b99aa48aee49babbcd6e4','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'f066b2dbf3ce3f58b1bed2f3',NULL,0,NULL);
INSERT INTO "orders" VALUES(23,1,'999999-20260914-0000001022','20000211','ready',0,0,NULL,NULL,1796040699545,1796005632000,1796101200000,1796101200000,0,'',0,3,3,'例示 誠','大阪府',0,'{"buyer":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4410","shipping":"0","fee":"0","discount":"0","points":"0","total":"4410","currency":"JPY"}}','391711583ab7139041eec72d102960fb','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',0,1,'1033dcbd80a6886081f16015',NULL,0,NULL);
INSERT INTO "orders" VALUES(24,1,'999999-20260914-0000001023','20000221','received',1,0,NULL,NULL,1796040699545,1796006052000,1796101200000,1796101200000,-1,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1200","shipping":"550","fee":"0","discount":"0","points":"0","total":"1750","currency":"JPY"}}','ae7444e1dc936f3e29e166d93304897d','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL);
INSERT INTO "orders" VALUES(25,1,'999999-20260914-0000001024','20000231','ready',0,0,NULL,NULL,1796040699545,1796006472000,1796101200000,1796101200000,0,'',0,2,3,'空想 大輔','北海道',0,'{"buyer":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6440","shipping":"0","fee":"0","discount":"0","points":"0","total":"6440","currency":"JPY"}}','609bb0c344c43e1de3567e223e6a32e8','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'6b6ba2a5af78bb3e51ae1a8f',NULL,0,NULL);
INSERT INTO "orders" VALUES(26,1,'999999-20260914-0000001025','20000241','ready',0,0,NULL,NULL,1796040699545,1796010492000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','福岡県',0,'{"buyer":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1920","shipping":"550","fee":"0","discount":"0","points":"0","total":"2470","currency":"JPY"}}','15ca9ffb1fce34e9a6f1595617ba01ec','yamato_b2','takkyubin','','ambient',42,'2026-12-01','','',0,1,'185c1859825983786b3354ae',NULL,0,NULL);
INSERT INTO "orders" VALUES(27,2,'#1001','','released',0,1,1,6,1796040699725,1795996805000,1796101200000,1796101200000,0,'',0,2,2,'例題 一郎','東京都',0,'{"buyer":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2760","shipping":"600","discount":"0","tax":"249","total":"3360","currency":"JPY"}}','0707fafe58c1ec775f14c5160b74a820','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'d924250a5e51e47a706705d1',NULL,0,NULL);
INSERT INTO "orders" VALUES(28,2,'#1002','','released',0,1,1,8,1796040699725,1795997465000,1796101200000,1796101200000,0,'',0,1,2,'例示 誠','北海道',0,'{"buyer":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','b67d06a685c97a48cb461f140fe4866a','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'d2b80cd9676a8765f0f571dc',NULL,0,NULL);
INSERT INTO "orders" VALUES(29,2,'#1003','','released',0,1,1,11,1796040699725,1795998125000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','広島県',0,'{"buyer":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','9dd6f4cfa31cd5b02a28a57e731ee1f2','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'84535e21802645e24042ddb6',NULL,0,NULL);
INSERT INTO "orders" VALUES(30,2,'#1004','','verified',0,1,1,1,1796040699725,1795998785000,1796101200000,1796101200000,0,'',0,2,3,'仮名 さくら','香川県',0,'{"buyer":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4140","shipping":"600","discount":"0","tax":"351","total":"4740","currency":"JPY"}}','471507cca230e8ea7d4dc4d5fd349b38','yamato_b2','takkyubin','','ambient',34,'2026-12-01','','',0,1,'67814a0045a9edfc88f234ce',NULL,0,NULL);
INSERT INTO "orders" VALUES(31,2,'#1005','','received',2,0,NULL,NULL,1796040699725,1795999445000,1796101200000,1796101200000,0,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"note":"ギフト用の紙袋を1枚つけてください。","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1350","shipping":"600","discount":"0","tax":"144","total":"1950","currency":"JPY"}}','029eadd732634b4f2eedbae7cd5df155','yamato_b2','takkyubin','','ambient',23,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL);
INSERT INTO "orders" VALUES(32,2,'#1006','','cancelled',0,0,NULL,NULL,1796040699725,1796003705000,NULL,253402300799000,0,'',0,3,3,'例井 直樹','宮城県',0,'{"buyer":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"ship_to":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3150","shipping":"600","discount":"0","tax":"278","total":"3750","currency":"JPY"}}','ff996bb5076e41970a4a2b589d01cfee','','','','ambient',0,'','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(33,2,'#1007','','received',1,0,NULL,NULL,1796040699725,1796000765000,1796101200000,1796101200000,0,'',0,1,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"note":"","payment":"Bank Deposit","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1960","shipping":"600","discount":"0","tax":"190","total":"2560","currency":"JPY"}}','020760a26552d1b8dcf11af31591d948','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL);
INSERT INTO "orders" VALUES(34,2,'#1008','','received',1,0,NULL,NULL,1796040699725,1796001425000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','大阪府',0,'{"buyer":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"600","discount":"0","tax":"213","total":"2880","currency":"JPY"}}','9ed1ae600d280800ea889cbc77d9a254','yamato_b2','takkyubin','','ambient',25,'2026-12-01','','',0,1,'42555dbaad1f1a8b8b41bdd4',NULL,0,NULL);
INSERT INTO "orders" VALUES(35,2,'#1009','','received',1,0,NULL,NULL,1796040699725,1796002085000,1796274000000,1796274000000,0,'',0,2,3,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"配達希望日: 2026-12-05\n時間帯: 18-20時","totals":{"subtotal":"1860","shipping":"600","discount":"0","tax":"182","total":"2460","currency":"JPY"}}','2a75c017030cda7fe696d0fc2668de03','yamato_b2','takkyubin','','ambient',46,'2026-12-03','2026-12-05','18-20',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL);
INSERT INTO "orders" VALUES(36,2,'#1010','','ready',0,0,NULL,NULL,1796040699725,1796002745000,1796101200000,1796101200000,0,'',0,2,2,'見本 あおい','沖縄県',0,'{"buyer":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"note":"","payment":"Cash on Delivery (COD)","cod_amount":"2660","delivery":"宅配便","wish":"","totals":{"subtotal":"2060","shipping":"600","discount":"0","tax":"197","total":"2660","currency":"JPY"}}','b316c4c0e751eac8605d94b5693e7e5d','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',2660,1,'96596ea9a3f1bdb61635e3d0',NULL,0,NULL);
INSERT INTO "orders" VALUES(37,2,'#1011','','received',1,0,NULL,NULL,1796040699725,1796007005000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','東京都',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"メッセージ: おめでとうございます","totals":{"subtotal":"5210","shipping":"600","discount":"0","tax":"430","total":"5810","currency":"JPY"}}','21931ff22217602a658068362ebd0f26','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'0e89d438c3b79d720a1613f5',NULL,0,NULL);
INSERT INTO "orders" VALUES(38,2,'#1012','','ready',0,0,NULL,NULL,1796040699725,1796004065000,1796101200000,1796101200000,0,'',0,1,3,'試験 花子','北海道',0,'{"buyer":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4440","shipping":"600","discount":"0","tax":"373","total":"5040","currency":"JPY"}}','464b622a76f78db5aacf7e316c1c01e2','yamato_b2','takkyubin','','ambient',51,'2026-12-01','','',0,1,'41ae3eb8734474b2c84ee28e',NULL,0,NULL);
INSERT INTO "orders" VALUES(39,2,'#1013','','ready',0,0,NULL,NULL,1796040699725,1796004725000,1796101200000,1796101200000,0,'',0,1,1,'試作 洋子','広島県',0,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"760","shipping":"600","discount":"0","tax":"101","total":"1360","currency":"JPY"}}','df59b49bd600587f1f865d820a2a0404','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'851ab0d10ed962a3c8f824af',NULL,0,NULL);
INSERT INTO "orders" VALUES(40,2,'#1014','','ready',0,0,NULL,NULL,1796040699725,1796005385000,1796101200000,1796101200000,0,'',0,1,5,'見本田 光','香川県',0,'{"buyer":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4950","shipping":"600","discount":"0","tax":"411","total":"5550","currency":"JPY"}}','ea8d3af07d6cdf69657b6f79d7053cf6','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'fdff1eef3adca704cd87d346',NULL,0,NULL);
INSERT INTO "orders" VALUES(41,2,'#1015','','received',1,0,NULL,NULL,1796040699725,1796006045000,1796101200000,1796101200000,0,'',0,2,3,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2200","shipping":"600","discount":"0","tax":"207","total":"2800","currency":"JPY"}}','44d34ecdb16e1fc5ce2ba51ea31f93db','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL);
INSERT INTO "orders" VALUES(42,2,'#1016','','ready',0,0,NULL,NULL,1796040699725,1796010305000,1796101200000,1796101200000,0,'',0,2,2,'例示 誠','宮城県',0,'{"buyer":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"600","discount":"0","tax":"157","total":"2120","currency":"JPY"}}','d8434e748b339b9a3738b4f59918bc23','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'6eccd1318a9943f4001b6dda',NULL,0,NULL);
INSERT INTO "orders" VALUES(43,2,'#1017','','received',2,0,NULL,NULL,1796040699725,1796010965000,1796101200000,1796101200000,0,'',0,1,2,'Example Person','',0,'{"buyer":{"name":"試谷 恵","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1016","country":"JP"},"ship_to":{"name":"Example Person","postcode":"ZZ1 1ZZ","city":"Exampleville","street":"1 Sample Street","phone":"+44 0000 000000","country":"GB"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2640","shipping":"600","discount":"0","tax":"240","total":"3240","currency":"JPY"}}','1bf981582099d718e3d8b3a703486181','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(44,2,'#1019','','ready',0,0,NULL,NULL,1796040699725,1796008685000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','福岡県',0,'{"buyer":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2400","shipping":"600","discount":"0","tax":"222","total":"3000","currency":"JPY"}}','0db49e4af13690fa00e250947002879e','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'dcf93b576ae4de6d4fa64c87',NULL,0,NULL);
INSERT INTO "orders" VALUES(45,2,'#1020','','ready',0,0,NULL,NULL,1796040699725,1796009345000,1796101200000,1796101200000,0,'',0,2,4,'株式会社かくう 例井 直樹','沖縄県',0,'{"buyer":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"ship_to":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3040","shipping":"600","discount":"0","tax":"270","total":"3640","currency":"JPY"}}','b2434939edfa58b6c601e32212fcbefa','yamato_b2','takkyubin','','ambient',56,'2026-12-01','','',0,1,'d4d22dcef4248c4111c315dd',NULL,0,NULL);
CREATE TABLE overrides (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	station VARCHAR NOT NULL, 
	person_id INTEGER, 
	leader_id INTEGER, 
	order_id INTEGER, 
	product_id INTEGER, 
	what VARCHAR(16) NOT NULL, 
	reason VARCHAR NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_overrides PRIMARY KEY (id)
);
CREATE TABLE parcels (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	station VARCHAR NOT NULL, 
	opened_at BIGINT NOT NULL, 
	closed_at BIGINT, unlabelled VARCHAR DEFAULT '' NOT NULL, slips TEXT DEFAULT '' NOT NULL, handover_id INTEGER, 
	CONSTRAINT pk_parcels PRIMARY KEY (id), 
	CONSTRAINT fk_parcels_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
INSERT INTO "parcels" VALUES(1,30,1,'closed','bench-1',1796040700431,1796040700461,'','1-001-1',NULL);
INSERT INTO "parcels" VALUES(2,7,1,'closed','bench-1',1796040700466,1796040700475,'','1-002-1',NULL);
INSERT INTO "parcels" VALUES(3,12,1,'open','bench-1',1796040700481,NULL,'','1-012-1',NULL);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	language VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_code UNIQUE (code)
);
INSERT INTO "people" VALUES(1,'101','佐藤 花子','leader','ja');
INSERT INTO "people" VALUES(2,'102','田中 一郎','packer','ja');
INSERT INTO "people" VALUES(3,'103','Nguyen Thi Lan','packer','en');
INSERT INTO "people" VALUES(4,'104','鈴木 次郎','picker','ja');
INSERT INTO "people" VALUES(5,'105','高橋 恵','office','ja');
CREATE TABLE pickups (
	carrier VARCHAR(32) NOT NULL, 
	time VARCHAR(5) NOT NULL, 
	CONSTRAINT pk_pickups PRIMARY KEY (carrier, time)
);
INSERT INTO "pickups" VALUES('yamato_b2','14:00');
INSERT INTO "pickups" VALUES('yamato_b2','17:00');
INSERT INTO "pickups" VALUES('sagawa_e3','15:30');
CREATE TABLE print_jobs (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	station VARCHAR NOT NULL, 
	paper VARCHAR NOT NULL, 
	order_id INTEGER, 
	batch BIGINT, 
	version INTEGER NOT NULL, 
	copy_reason VARCHAR DEFAULT '' NOT NULL, 
	state VARCHAR(10) DEFAULT 'waiting' NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	not_before BIGINT DEFAULT 0 NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	result TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_print_jobs PRIMARY KEY (id)
);
INSERT INTO "print_jobs" VALUES(1,'ae0ed334-c54f-4ef5-8618-bcad98c944de',1796040699844,'bench-1','pick_list',NULL,1,0,'','waiting',0,0,'','');
INSERT INTO "print_jobs" VALUES(2,'ae0ed334-c54f-4ef5-8618-bcad98c944de',1796040699844,'bench-1','slips',NULL,1,0,'','waiting',0,0,'','');
CREATE TABLE product_codes (
	id INTEGER NOT NULL, 
	product_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	fold VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	CONSTRAINT pk_product_codes PRIMARY KEY (id), 
	CONSTRAINT ck_product_codes_quantity CHECK (quantity >= 1), 
	CONSTRAINT fk_product_codes_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT uq_product_codes_code_product_id UNIQUE (code, product_id)
);
INSERT INTO "product_codes" VALUES(1,1,'MAT-050','mat-050','sku',1);
INSERT INTO "product_codes" VALUES(2,1,'04599990001013','04599990001013','gtin',1);
INSERT INTO "product_codes" VALUES(3,1,'14599990001010','14599990001010','gtin',6);
INSERT INTO "product_codes" VALUES(4,2,'MAT-100','mat-100','sku',1);
INSERT INTO "product_codes" VALUES(5,2,'04599990001020','04599990001020','gtin',1);
INSERT INTO "product_codes" VALUES(6,2,'14599990001027','14599990001027','gtin',6);
INSERT INTO "product_codes" VALUES(7,3,'HOJ-080','hoj-080','sku',1);
INSERT INTO "product_codes" VALUES(8,3,'04599990001112','04599990001112','gtin',1);
INSERT INTO "product_codes" VALUES(9,4,'HOJ-T20','hoj-t20','sku',1);
INSERT INTO "product_codes" VALUES(10,4,'04599990001129','04599990001129','gtin',1);
INSERT INTO "product_codes" VALUES(11,4,'14599990001126','14599990001126','gtin',12);
INSERT INTO "product_codes" VALUES(12,5,'SEN-100','sen-100','sku',1);
INSERT INTO "product_codes" VALUES(13,5,'04599990001136','04599990001136','gtin',1);
INSERT INTO "product_codes" VALUES(14,6,'GEN-200','gen-200','sku',1);
INSERT INTO "product_codes" VALUES(15,6,'04599990001143','04599990001143','gtin',1);
INSERT INTO "product_codes" VALUES(16,7,'COF-MED','cof-med','sku',1);
INSERT INTO "product_codes" VALUES(17,7,'04599990002010','04599990002010','gtin',1);
INSERT INTO "product_codes" VALUES(18,8,'COF-DRK','cof-drk','sku',1);
INSERT INTO "product_codes" VALUES(19,8,'04599990002027','04599990002027','gtin',1);
INSERT INTO "product_codes" VALUES(20,9,'COF-DRP','cof-drp','sku',1);
INSERT INTO "product_codes" VALUES(21,9,'04599990002034','04599990002034','gtin',1);
INSERT INTO "product_codes" VALUES(22,9,'14599990002031','14599990002031','gtin',12);
INSERT INTO "product_codes" VALUES(23,10,'YUZ-150','yuz-150','sku',1);
INSERT INTO "product_codes" VALUES(24,10,'04599990003017','04599990003017','gtin',1);
INSERT INTO "product_codes" VALUES(25,11,'YUZ-300','yuz-300','sku',1);
INSERT INTO "product_codes" VALUES(26,11,'04599990003024','04599990003024','gtin',1);
INSERT INTO "product_codes" VALUES(27,12,'MIS-AKA','mis-aka','sku',1);
INSERT INTO "product_codes" VALUES(28,12,'04599990003116','04599990003116','gtin',1);
INSERT INTO "product_codes" VALUES(29,12,'14599990003113','14599990003113','gtin',6);
INSERT INTO "product_codes" VALUES(30,13,'MIS-SHI','mis-shi','sku',1);
INSERT INTO "product_codes" VALUES(31,13,'04599990003123','04599990003123','gtin',1);
INSERT INTO "product_codes" VALUES(32,13,'14599990003120','14599990003120','gtin',6);
INSERT INTO "product_codes" VALUES(33,14,'SHO-300','sho-300','sku',1);
INSERT INTO "product_codes" VALUES(34,14,'04599990003215','04599990003215','gtin',1);
INSERT INTO "product_codes" VALUES(35,14,'14599990003212','14599990003212','gtin',12);
INSERT INTO "product_codes" VALUES(36,15,'SHO-USU','sho-usu','sku',1);
INSERT INTO "product_codes" VALUES(37,15,'04599990003222','04599990003222','gtin',1);
INSERT INTO "product_codes" VALUES(38,15,'14599990003229','14599990003229','gtin',12);
INSERT INTO "product_codes" VALUES(39,16,'HON-180','hon-180','sku',1);
INSERT INTO "product_codes" VALUES(40,16,'04599990003314','04599990003314','gtin',1);
INSERT INTO "product_codes" VALUES(41,17,'JAM-ICH','jam-ich','sku',1);
INSERT INTO "product_codes" VALUES(42,17,'04599990003413','04599990003413','gtin',1);
INSERT INTO "product_codes" VALUES(43,18,'JAM-BLU','jam-blu','sku',1);
INSERT INTO "product_codes" VALUES(44,18,'04599990003420','04599990003420','gtin',1);
INSERT INTO "product_codes" VALUES(45,19,'CUP-BLU','cup-blu','sku',1);
INSERT INTO "product_codes" VALUES(46,19,'04599990004014','04599990004014','gtin',1);
INSERT INTO "product_codes" VALUES(47,20,'CUP-RED','cup-red','sku',1);
INSERT INTO "product_codes" VALUES(48,20,'04599990004021','04599990004021','gtin',1);
INSERT INTO "product_codes" VALUES(49,21,'TOW-IND','tow-ind','sku',1);
INSERT INTO "product_codes" VALUES(50,21,'04599990004113','04599990004113','gtin',1);
INSERT INTO "product_codes" VALUES(51,22,'TOW-SAK','tow-sak','sku',1);
INSERT INTO "product_codes" VALUES(52,22,'04599990004120','04599990004120','gtin',1);
INSERT INTO "product_codes" VALUES(53,23,'FUR-045','fur-045','sku',1);
INSERT INTO "product_codes" VALUES(54,23,'04599990004212','04599990004212','gtin',1);
INSERT INTO "product_codes" VALUES(55,24,'CHA-SEN','cha-sen','sku',1);
INSERT INTO "product_codes" VALUES(56,24,'04599990004311','04599990004311','gtin',1);
INSERT INTO "product_codes" VALUES(57,25,'TIM-001','tim-001','sku',1);
INSERT INTO "product_codes" VALUES(58,25,'04599990004410','04599990004410','gtin',1);
INSERT INTO "product_codes" VALUES(59,26,'GFT-BOX','gft-box','sku',1);
CREATE TABLE product_parts (
	set_id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	quantity INTEGER NOT NULL, 
	CONSTRAINT pk_product_parts PRIMARY KEY (set_id, part_id), 
	CONSTRAINT ck_product_parts_quantity CHECK (quantity >= 1 AND set_id <> part_id), 
	CONSTRAINT fk_product_parts_part_id FOREIGN KEY(part_id) REFERENCES products (id), 
	CONSTRAINT fk_product_parts_set_id FOREIGN KEY(set_id) REFERENCES products (id)
);
CREATE TABLE products (
	id INTEGER NOT NULL, 
	sku VARCHAR NOT NULL, 
	fold VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_en VARCHAR DEFAULT '' NOT NULL, 
	main_code VARCHAR DEFAULT '' NOT NULL, 
	weight_g INTEGER, 
	length_mm INTEGER, 
	width_mm INTEGER, 
	height_mm INTEGER, 
	picture VARCHAR DEFAULT '' NOT NULL, 
	shelf VARCHAR DEFAULT '' NOT NULL, 
	lot_policy VARCHAR DEFAULT 'none' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, on_sale_from VARCHAR(10) DEFAULT '' NOT NULL, lot_from VARCHAR(8) DEFAULT 'auto' NOT NULL, min_days INTEGER, keyed SMALLINT DEFAULT 0 NOT NULL, no_code SMALLINT DEFAULT 0 NOT NULL, unit_scan SMALLINT DEFAULT 0 NOT NULL, alike SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT uq_products_sku UNIQUE (sku)
);
INSERT INTO "products" VALUES(1,'MAT-050','mat-050','有機抹茶パウダー 50g','Organic matcha powder 50 g','04599990001013',62,140,90,20,'/opt/kenpin/resources/demo/pictures/MAT-050.png','A-01-01','lot_expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(2,'MAT-100','mat-100','有機抹茶パウダー 100g','Organic matcha powder 100 g','04599990001020',114,170,110,25,'/opt/kenpin/resources/demo/pictures/MAT-100.png','A-01-02','lot_expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(3,'HOJ-080','hoj-080','深煎りほうじ茶 80g','Dark roasted hojicha 80 g','04599990001112',92,210,120,40,'/opt/kenpin/resources/demo/pictures/HOJ-080.png','A-01-03','expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(4,'HOJ-T20','hoj-t20','深煎りほうじ茶 ティーバッグ 20袋','Dark roasted hojicha, 20 tea bags','04599990001129',66,150,100,70,'/opt/kenpin/resources/demo/pictures/HOJ-T20.png','A-01-04','expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(5,'SEN-100','sen-100','朝露せんちゃ 100g','Asatsuyu sencha 100 g','04599990001136',112,210,120,40,'/opt/kenpin/resources/demo/pictures/SEN-100.png','A-02-01','none','ambient','','auto',NULL,0,0,0,0);
INSERT INTO "products" VALUES(6,'GEN-200','gen-200','玄米茶 ふくろう印 200g','Owl genmaicha 200 g','04599990001143',214,240,130,50,'/opt/kenpin/resources/demo/pictures/GEN-200.png','A-02-02','none','ambient','','auto',NULL,0,0,0,0);
INSERT INTO "products" VALUES(7,'COF-MED','cof-med','みさき珈琲 豆 中煎り 200g','Misaki coffee beans, medium roast 200 g','04599990002010',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-MED.png','A-02-03','expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(8,'COF-DRK','cof-drk','みさき珈琲 豆 深煎り 200g','Misaki coffee beans, dark roast 200 g','04599990002027',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-DRK.png','A-02-04','expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(9,'COF-DRP','cof-drp','みさき珈琲 ドリップ 10袋','Misaki drip coffee, 10 bags','04599990002034',120,180,130,60,'/opt/kenpin/resources/demo/pictures/COF-DRP.png','A-03-01','none','ambient','','auto',NULL,1,0,0,0);
INSERT INTO "products" VALUES(10,'YUZ-150','yuz-150','ゆずしお 150g','Yuzu salt 150 g','04599990003017',260,60,60,110,'/opt/kenpin/resources/demo/pictures/YUZ-150.png','A-03-02','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(11,'YUZ-300','yuz-300','ゆずしお 300g','Yuzu salt 300 g','04599990003024',470,75,75,130,'/opt/kenpin/resources/demo/pictures/YUZ-300.png','A-03-03','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(12,'MIS-AKA','mis-aka','ひなた味噌 赤 500g','Hinata miso, red 500 g','04599990003116',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-AKA.png','A-03-04','expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(13,'MIS-SHI','mis-shi','ひなた味噌 白 500g','Hinata miso, white 500 g','04599990003123',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-SHI.png','A-04-01','expiry','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(14,'SHO-300','sho-300','こいくちしょうゆ くじら 300ml','Kujira soy sauce 300 ml','04599990003215',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-300.png','A-04-02','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(15,'SHO-USU','sho-usu','うすくちしょうゆ くじら 300ml','Kujira light soy sauce 300 ml','04599990003222',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-USU.png','A-04-03','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(16,'HON-180','hon-180','れんげはちみつ 180g','Milk vetch honey 180 g','04599990003314',330,65,65,95,'/opt/kenpin/resources/demo/pictures/HON-180.png','A-04-04','none','ambient','','auto',NULL,0,0,0,0);
INSERT INTO "products" VALUES(17,'JAM-ICH','jam-ich','いちごジャム 木苺舎 150g','Strawberry jam 150 g','04599990003413',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-ICH.png','B-01-01','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(18,'JAM-BLU','jam-blu','ブルーベリージャム 木苺舎 150g','Blueberry jam 150 g','04599990003420',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-BLU.png','B-01-02','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(19,'CUP-BLU','cup-blu','湯のみ なみ紋 青','Tea cup, wave pattern, blue','04599990004014',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-BLU.png','B-01-03','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(20,'CUP-RED','cup-red','湯のみ なみ紋 赤','Tea cup, wave pattern, red','04599990004021',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-RED.png','B-01-04','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(21,'TOW-IND','tow-ind','てぬぐい 千鳥 藍','Towel, plovers, indigo','04599990004113',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-IND.png','B-02-01','none','ambient','','auto',NULL,1,0,0,1);
INSERT INTO "products" VALUES(22,'TOW-SAK','tow-sak','てぬぐい 千鳥 桜','Towel, plovers, cherry','04599990004120',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-SAK.png','B-02-02','none','ambient','','auto',NULL,0,0,0,1);
INSERT INTO "products" VALUES(23,'FUR-045','fur-045','ふろしき 45cm 市松','Wrapping cloth 45 cm','04599990004212',58,220,160,10,'/opt/kenpin/resources/demo/pictures/FUR-045.png','B-02-03','none','ambient','','auto',NULL,0,0,0,0);
INSERT INTO "products" VALUES(24,'CHA-SEN','cha-sen','茶せん 八十本立','Tea whisk, 80 prongs','04599990004311',38,75,75,125,'/opt/kenpin/resources/demo/pictures/CHA-SEN.png','B-02-04','none','ambient','','auto',NULL,0,0,0,0);
INSERT INTO "products" VALUES(25,'TIM-001','tim-001','砂時計 3分 木枠','Sand timer, 3 minutes','04599990004410',165,70,70,120,'/opt/kenpin/resources/demo/pictures/TIM-001.png','B-03-01','serial','ambient','','auto',NULL,0,0,0,0);
INSERT INTO "products" VALUES(26,'GFT-BOX','gft-box','ギフト箱 中（包装つき）','Gift box, medium','',140,260,200,90,'/opt/kenpin/resources/demo/pictures/GFT-BOX.png','B-03-02','none','ambient','','auto',NULL,0,1,0,0);
CREATE TABLE promised (
	product_id INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_promised PRIMARY KEY (product_id), 
	CONSTRAINT fk_promised_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "promised" VALUES(1,9);
INSERT INTO "promised" VALUES(2,3);
INSERT INTO "promised" VALUES(3,2);
INSERT INTO "promised" VALUES(4,3);
INSERT INTO "promised" VALUES(5,6);
INSERT INTO "promised" VALUES(6,6);
INSERT INTO "promised" VALUES(7,3);
INSERT INTO "promised" VALUES(8,4);
INSERT INTO "promised" VALUES(9,4);
INSERT INTO "promised" VALUES(10,6);
INSERT INTO "promised" VALUES(11,4);
INSERT INTO "promised" VALUES(12,5);
INSERT INTO "promised" VALUES(13,4);
INSERT INTO "promised" VALUES(14,15);
INSERT INTO "promised" VALUES(15,3);
INSERT INTO "promised" VALUES(16,2);
INSERT INTO "promised" VALUES(17,3);
INSERT INTO "promised" VALUES(18,1);
INSERT INTO "promised" VALUES(19,3);
INSERT INTO "promised" VALUES(20,3);
INSERT INTO "promised" VALUES(21,4);
INSERT INTO "promised" VALUES(22,8);
INSERT INTO "promised" VALUES(23,5);
INSERT INTO "promised" VALUES(24,3);
INSERT INTO "promised" VALUES(26,1);
CREATE TABLE pulls (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	order_id INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	text VARCHAR NOT NULL, 
	carrier VARCHAR(32) DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	quantity INTEGER DEFAULT 0 NOT NULL, 
	product_id INTEGER, 
	lot VARCHAR DEFAULT '' NOT NULL, 
	shelf VARCHAR DEFAULT '' NOT NULL, 
	done_at BIGINT, 
	CONSTRAINT pk_pulls PRIMARY KEY (id), 
	CONSTRAINT fk_pulls_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
CREATE TABLE releases (
	batch BIGINT NOT NULL, 
	sequence INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	taken_back BIGINT, 
	CONSTRAINT pk_releases PRIMARY KEY (batch, sequence)
);
INSERT INTO "releases" VALUES(1,1,30,1,NULL);
INSERT INTO "releases" VALUES(1,2,7,1,NULL);
INSERT INTO "releases" VALUES(1,3,1,1,NULL);
INSERT INTO "releases" VALUES(1,4,2,1,NULL);
INSERT INTO "releases" VALUES(1,5,5,1,NULL);
INSERT INTO "releases" VALUES(1,6,27,1,NULL);
INSERT INTO "releases" VALUES(1,7,6,1,NULL);
INSERT INTO "releases" VALUES(1,8,28,1,NULL);
INSERT INTO "releases" VALUES(1,9,8,1,NULL);
INSERT INTO "releases" VALUES(1,10,11,1,NULL);
INSERT INTO "releases" VALUES(1,11,29,1,NULL);
INSERT INTO "releases" VALUES(1,12,12,1,NULL);
CREATE TABLE report_rows (
	report_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_report_rows PRIMARY KEY (report_id, order_id, number), 
	CONSTRAINT fk_report_rows_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_report_rows_report_id FOREIGN KEY(report_id) REFERENCES reports (id)
);
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	shop_id INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	state VARCHAR(8) DEFAULT 'made' NOT NULL, 
	data BLOB, 
	CONSTRAINT pk_reports PRIMARY KEY (id), 
	CONSTRAINT fk_reports_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
CREATE TABLE settings (
	"key" VARCHAR(80) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('shop.name','見本商店');
INSERT INTO "settings" VALUES('shop.postcode','100-0000');
INSERT INTO "settings" VALUES('shop.address','東京都架空区見本町1-2-3 見本ビル1階');
INSERT INTO "settings" VALUES('shop.phone','03-0000-0000');
INSERT INTO "settings" VALUES('shop.email','shop@example.com');
INSERT INTO "settings" VALUES('shop.registration','T0000000000000');
INSERT INTO "settings" VALUES('carrier.default','yamato_b2/takkyubin');
INSERT INTO "settings" VALUES('ship.origin','東京都');
INSERT INTO "settings" VALUES('release.at_open','off');
INSERT INTO "settings" VALUES('intake.max_age','0');
INSERT INTO "settings" VALUES('shop.language','ja');
CREATE TABLE shops (
	id INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, settings TEXT DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_shops PRIMARY KEY (id), 
	CONSTRAINT uq_shops_channel_name UNIQUE (channel, name)
);
INSERT INTO "shops" VALUES(1,'rakuten','見本商店 楽天市場店','{}');
INSERT INTO "shops" VALUES(2,'shopify','見本商店 公式オンラインストア','{}');
CREATE TABLE stations (
	name VARCHAR(64) NOT NULL, 
	seq BIGINT DEFAULT 0 NOT NULL, 
	head VARCHAR DEFAULT '' NOT NULL, 
	order_id INTEGER, 
	parcel_id INTEGER, 
	person_id INTEGER, 
	question TEXT DEFAULT '' NOT NULL, 
	last_key VARCHAR DEFAULT '' NOT NULL, 
	last_level VARCHAR DEFAULT '' NOT NULL, 
	unknown VARCHAR DEFAULT '' NOT NULL, 
	seen_at BIGINT DEFAULT 0 NOT NULL, off_by SMALLINT DEFAULT 0 NOT NULL, off_order INTEGER, last_code TEXT DEFAULT '' NOT NULL, refused TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_stations PRIMARY KEY (name)
);
INSERT INTO "stations" VALUES('bench-1',41,'15ca888022b806b0a2c79a9429c1dcd296aba277e9fd9d74e4d811b98142aa48',12,3,NULL,'','code.unknown','refused','04901234567894',1796040700486,0,NULL,'','');
CREATE TABLE steps (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	parcel_id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	line_id INTEGER, 
	product_id INTEGER, 
	code VARCHAR DEFAULT '' NOT NULL, 
	quantity INTEGER NOT NULL, 
	lot VARCHAR DEFAULT '' NOT NULL, 
	source VARCHAR DEFAULT '' NOT NULL, 
	reason VARCHAR DEFAULT '' NOT NULL, 
	undone VARCHAR DEFAULT '' NOT NULL, waybill_id INTEGER, expiry VARCHAR(10) DEFAULT '' NOT NULL, serial VARCHAR DEFAULT '' NOT NULL, how VARCHAR(16) DEFAULT '' NOT NULL, by_person INTEGER, 
	CONSTRAINT pk_steps PRIMARY KEY (id), 
	CONSTRAINT fk_steps_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_steps_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcels (id)
);
INSERT INTO "steps" VALUES(1,30,1,'ae5de961-a117-43c2-aadb-d9320295ba2a','pack',52,2,'04599990001020',1,'M260702','shelf:A-01-02','','',NULL,'2027-10-16','','',NULL);
INSERT INTO "steps" VALUES(2,30,1,'e1e57f50-74cc-4046-b2f6-1516a3f7e9f8','pack',53,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-15','','',NULL);
INSERT INTO "steps" VALUES(3,30,1,'19325f89-183c-4a9c-a254-933af897c058','pack',53,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-15','','',NULL);
INSERT INTO "steps" VALUES(4,30,1,'5fc5e534-b673-4873-9186-5bc725fefde5','attach',NULL,NULL,'472892334386',0,'','','','',1,'','','',NULL);
INSERT INTO "steps" VALUES(5,30,1,'5fc5e534-b673-4873-9186-5bc725fefde5','close',NULL,NULL,'',0,'','','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(6,7,2,'c72d5fee-bb98-4672-8678-72c1f0c3f4e1','pack',11,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-15','','',NULL);
INSERT INTO "steps" VALUES(7,7,2,'59cdffa9-8401-4dac-b35a-d1828ea059cb','pack',12,2,'04599990001020',1,'M260702','shelf:A-01-02','','',NULL,'2027-10-16','','',NULL);
INSERT INTO "steps" VALUES(8,7,2,'349deaf6-8c8e-4e93-bf19-3f84d3229550','attach',NULL,NULL,'573688301992',0,'','','','',2,'','','',NULL);
INSERT INTO "steps" VALUES(9,7,2,'349deaf6-8c8e-4e93-bf19-3f84d3229550','close',NULL,NULL,'',0,'','','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(10,12,3,'e4b3c389-a271-487d-aa77-9dc00a98d983','pack',21,22,'04599990004120',1,'','shelf:B-02-02','','',NULL,'','','',NULL);
CREATE TABLE tallies (
	shard VARCHAR(64) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	number BIGINT NOT NULL, 
	CONSTRAINT pk_tallies PRIMARY KEY (shard, shop_id, state)
);
INSERT INTO "tallies" VALUES('',1,'ready',8);
INSERT INTO "tallies" VALUES('',1,'received',9);
INSERT INTO "tallies" VALUES('',1,'cancelled',1);
INSERT INTO "tallies" VALUES('',2,'ready',7);
INSERT INTO "tallies" VALUES('',2,'received',7);
INSERT INTO "tallies" VALUES('',2,'cancelled',1);
INSERT INTO "tallies" VALUES('',2,'released',4);
INSERT INTO "tallies" VALUES('',1,'released',8);
INSERT INTO "tallies" VALUES('bench-1',2,'released',-1);
INSERT INTO "tallies" VALUES('bench-1',2,'verified',1);
INSERT INTO "tallies" VALUES('bench-1',1,'released',-1);
INSERT INTO "tallies" VALUES('bench-1',1,'verified',1);
CREATE TABLE waybills (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	batch BIGINT NOT NULL, 
	sequence INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	issue INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	piece INTEGER NOT NULL, 
	pieces INTEGER NOT NULL, 
	carrier VARCHAR(32) NOT NULL, 
	service VARCHAR(32) NOT NULL, 
	cod INTEGER NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	number VARCHAR(40) DEFAULT '' NOT NULL, 
	carrier_cod INTEGER, 
	carrier_pieces INTEGER, 
	reason TEXT DEFAULT '' NOT NULL, 
	by_hand SMALLINT DEFAULT 0 NOT NULL, 
	export_id INTEGER, 
	position INTEGER, 
	parcel_id INTEGER, 
	requested_at BIGINT NOT NULL, 
	numbered_at BIGINT, 
	CONSTRAINT pk_waybills PRIMARY KEY (id), 
	CONSTRAINT fk_waybills_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT uq_waybills_key_piece UNIQUE ("key", piece)
);
INSERT INTO "waybills" VALUES(1,30,1,1,1,1,'1-001-1',1,1,'yamato_b2','takkyubin',0,'attached','472892334386',0,NULL,'',0,1,1,1,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(2,7,1,2,1,1,'1-002-1',1,1,'yamato_b2','takkyubin',0,'attached','573688301992',0,NULL,'',0,1,2,2,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(3,1,1,3,1,1,'1-003-1',1,1,'yamato_b2','takkyubin',0,'numbered','453868505160',0,NULL,'',0,1,3,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(4,2,1,4,1,1,'1-004-1',1,1,'yamato_b2','takkyubin',0,'numbered','905661272482',0,NULL,'',0,1,4,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(5,5,1,5,1,1,'1-005-1',1,1,'yamato_b2','takkyubin',0,'numbered','584484195654',0,NULL,'',0,1,5,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(6,27,1,6,1,1,'1-006-1',1,1,'yamato_b2','takkyubin',0,'numbered','156073484545',0,NULL,'',0,1,6,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(7,6,1,7,1,1,'1-007-1',1,1,'yamato_b2','takkyubin',0,'numbered','372652936250',0,NULL,'',0,1,7,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(8,28,1,8,1,1,'1-008-1',1,1,'yamato_b2','takkyubin',0,'numbered','694963068903',0,NULL,'',0,1,8,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(9,8,1,9,1,1,'1-009-1',1,1,'yamato_b2','takkyubin',0,'numbered','505399164023',0,NULL,'',0,1,9,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(10,11,1,10,1,1,'1-010-1',1,1,'yamato_b2','takkyubin',0,'numbered','248654054040',0,NULL,'',0,1,10,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(11,29,1,11,1,1,'1-011-1',1,1,'yamato_b2','takkyubin',0,'numbered','198446257306',0,NULL,'',0,1,11,NULL,1796040699844,1796040699957);
INSERT INTO "waybills" VALUES(12,12,1,12,1,1,'1-012-1',1,1,'yamato_b2','takkyubin',0,'numbered','262251360512',0,NULL,'',0,1,12,NULL,1796040699844,1796040699957);
CREATE INDEX ix_journal_order_id ON journal (order_id);
CREATE INDEX ix_print_jobs_order_id ON print_jobs (order_id);
CREATE INDEX ix_print_jobs_outbox ON print_jobs (station, id) WHERE state IN ('waiting','sent','unknown','failed');
CREATE INDEX ix_products_fold ON products (fold);
CREATE INDEX ix_moves_product_id ON moves (product_id);
CREATE INDEX ix_orders_held ON orders (shop_id) WHERE held > 0 AND state IN ('received','ready','released','picked','verified');
CREATE INDEX ix_orders_number ON orders (number);
CREATE INDEX ix_orders_queue ON orders (queue_at, rank, ordered_at, id) WHERE state IN ('received','ready','released','picked','verified');
CREATE INDEX ix_orders_released ON orders (id) WHERE state IN ('released','picked');
CREATE UNIQUE INDEX ix_orders_ship_number ON orders (batch, sequence);
CREATE INDEX ix_orders_shop_queue ON orders (shop_id, queue_at, rank, ordered_at, id) WHERE state IN ('received','ready','released','picked','verified');
CREATE INDEX ix_product_codes_fold ON product_codes (fold);
CREATE INDEX ix_product_codes_product_id ON product_codes (product_id);
CREATE INDEX ix_order_lines_order_id ON order_lines (order_id);
CREATE INDEX ix_order_lines_unknown ON order_lines (sku) WHERE product_id IS NULL;
CREATE INDEX ix_parcels_order_id ON parcels (order_id);
CREATE INDEX ix_steps_standing ON steps (order_id, id) WHERE undone = '';
CREATE TRIGGER moves_no_update BEFORE UPDATE ON moves BEGIN SELECT RAISE(ABORT, 'moves is append-only'); END;
CREATE TRIGGER moves_no_delete BEFORE DELETE ON moves BEGIN SELECT RAISE(ABORT, 'moves is append-only'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER moves_balance AFTER INSERT ON moves BEGIN INSERT INTO balances (product_id, place, lot, quantity) VALUES (NEW.product_id, NEW.source, NEW.lot, -NEW.quantity) ON CONFLICT (product_id, place, lot) DO UPDATE SET quantity = quantity + excluded.quantity; INSERT INTO balances (product_id, place, lot, quantity) VALUES (NEW.product_id, NEW.target, NEW.lot, NEW.quantity) ON CONFLICT (product_id, place, lot) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE TRIGGER orders_tally_insert AFTER INSERT ON orders BEGIN INSERT INTO tallies (shard, shop_id, state, number) VALUES (NEW.holder, NEW.shop_id, NEW.state, 1) ON CONFLICT (shard, shop_id, state) DO UPDATE SET number = number + excluded.number; END;
CREATE TRIGGER orders_tally_update AFTER UPDATE OF state ON orders WHEN NEW.state <> OLD.state BEGIN INSERT INTO tallies (shard, shop_id, state, number) VALUES (CASE WHEN NEW.holder <> '' THEN NEW.holder ELSE OLD.holder END, OLD.shop_id, OLD.state, -1) ON CONFLICT (shard, shop_id, state) DO UPDATE SET number = number + excluded.number; INSERT INTO tallies (shard, shop_id, state, number) VALUES (CASE WHEN NEW.holder <> '' THEN NEW.holder ELSE OLD.holder END, NEW.shop_id, NEW.state, 1) ON CONFLICT (shard, shop_id, state) DO UPDATE SET number = number + excluded.number; END;
CREATE TRIGGER orders_tally_delete AFTER DELETE ON orders BEGIN INSERT INTO tallies (shard, shop_id, state, number) VALUES (OLD.holder, OLD.shop_id, OLD.state, -1) ON CONFLICT (shard, shop_id, state) DO UPDATE SET number = number + excluded.number; END;
CREATE INDEX ix_exports_batch ON exports (batch);
CREATE UNIQUE INDEX ix_handovers_open ON handovers (carrier, pickup) WHERE closed_at IS NULL;
CREATE INDEX ix_handovers_pickup ON handovers (carrier, pickup);
CREATE INDEX ix_releases_order_id ON releases (order_id);
CREATE INDEX ix_option_texts_product_id ON option_texts (product_id);
CREATE INDEX ix_contacts_open ON contacts (id) WHERE closed_at IS NULL;
CREATE INDEX ix_contacts_order_id ON contacts (order_id);
CREATE INDEX ix_pulls_open ON pulls (id) WHERE done_at IS NULL;
CREATE INDEX ix_pulls_order_id ON pulls (order_id);
CREATE INDEX ix_report_rows_order ON report_rows (order_id);
CREATE INDEX ix_waybills_batch ON waybills (batch, sequence);
CREATE INDEX ix_waybills_key ON waybills ("key");
CREATE INDEX ix_waybills_number ON waybills (number) WHERE number <> '';
CREATE INDEX ix_waybills_order_id ON waybills (order_id);
CREATE INDEX ix_waybills_wanted ON waybills (carrier, id) WHERE state IN ('requested','exported','accepted','rejected');
CREATE INDEX ix_imports_shop ON imports (kind, channel, shop, id);
CREATE INDEX ix_orders_ahead ON orders (ship_date) WHERE ship_date <> '' AND state IN ('received','ready');
CREATE INDEX ix_orders_lead ON orders (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX ix_orders_merge ON orders (merge_key) WHERE merge_key <> '' AND state IN ('received','ready');
CREATE INDEX ix_orders_shipped ON orders (shop_id, state) WHERE state IN ('shipped','reported');
CREATE INDEX ix_orders_verified ON orders (carrier, cut_off) WHERE state = 'verified';
CREATE INDEX ix_balances_shelf ON balances (product_id) WHERE place LIKE 'shelf:%';
CREATE INDEX ix_parcels_closed ON parcels (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX ix_parcels_handover ON parcels (handover_id) WHERE handover_id IS NOT NULL;
CREATE INDEX ix_orders_takeable ON orders (queue_at, rank, ordered_at, id) WHERE state IN ('ready','released','picked') AND held = 0 AND holder = '' AND parked = 0 AND lead_id IS NULL;
CREATE TRIGGER lines_promise_insert AFTER INSERT ON order_lines WHEN NEW.reserved > 0 AND NEW.product_id IS NOT NULL BEGIN INSERT INTO promised (product_id, quantity) SELECT NEW.product_id, max(NEW.reserved - NEW.done, 0) WHERE true ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE TRIGGER lines_promise_update AFTER UPDATE OF reserved, done, product_id ON order_lines WHEN NEW.reserved > 0 OR OLD.reserved > 0 BEGIN INSERT INTO promised (product_id, quantity) SELECT OLD.product_id, -(max(OLD.reserved - OLD.done, 0)) WHERE OLD.product_id IS NOT NULL AND max(OLD.reserved - OLD.done, 0) > 0 ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; INSERT INTO promised (product_id, quantity) SELECT NEW.product_id, max(NEW.reserved - NEW.done, 0) WHERE NEW.product_id IS NOT NULL AND max(NEW.reserved - NEW.done, 0) > 0 ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE TRIGGER lines_promise_delete AFTER DELETE ON order_lines WHEN OLD.reserved > 0 AND OLD.product_id IS NOT NULL BEGIN INSERT INTO promised (product_id, quantity) SELECT OLD.product_id, -(max(OLD.reserved - OLD.done, 0)) WHERE true ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE TRIGGER orders_load_insert AFTER INSERT ON orders WHEN NEW.carrier <> '' BEGIN INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state, NEW.holder, 1 WHERE true ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; END;
CREATE TRIGGER orders_load_update AFTER UPDATE OF state, carrier, cut_off ON orders WHEN NEW.state <> OLD.state OR NEW.carrier <> OLD.carrier OR NEW.cut_off IS NOT OLD.cut_off BEGIN INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state, CASE WHEN NEW.holder <> '' THEN NEW.holder ELSE OLD.holder END, -1 WHERE OLD.carrier <> '' ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state, CASE WHEN NEW.holder <> '' THEN NEW.holder ELSE OLD.holder END, 1 WHERE NEW.carrier <> '' ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; END;
CREATE TRIGGER orders_load_delete AFTER DELETE ON orders WHEN OLD.carrier <> '' BEGIN INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state, OLD.holder, -1 WHERE true ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; END;
CREATE INDEX ix_overrides_at ON overrides (at);
CREATE INDEX ix_alikes_other_id ON alikes (other_id);
CREATE INDEX ix_steps_serial ON steps (product_id, serial) WHERE serial <> '' AND undone = '';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batches',1);
COMMIT;
