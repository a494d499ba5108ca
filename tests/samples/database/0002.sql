BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "balances" VALUES(1,'parcel:1','',2);
INSERT INTO "balances" VALUES(1,'parcel:2','',1);
INSERT INTO "balances" VALUES(1,'parcel:3','',1);
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','',-4);
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','M260701',84);
INSERT INTO "balances" VALUES(1,'supplier','M260701',-84);
INSERT INTO "balances" VALUES(2,'parcel:1','',1);
INSERT INTO "balances" VALUES(2,'parcel:2','',1);
INSERT INTO "balances" VALUES(2,'parcel:4','',1);
INSERT INTO "balances" VALUES(2,'shelf:A-01-02','',-3);
INSERT INTO "balances" VALUES(2,'shelf:A-01-02','M260702',60);
INSERT INTO "balances" VALUES(2,'supplier','M260702',-60);
INSERT INTO "balances" VALUES(3,'shelf:A-01-03','',48);
INSERT INTO "balances" VALUES(3,'supplier','',-48);
INSERT INTO "balances" VALUES(4,'shelf:A-01-04','',72);
INSERT INTO "balances" VALUES(4,'supplier','',-72);
INSERT INTO "balances" VALUES(5,'shelf:A-02-01','',55);
INSERT INTO "balances" VALUES(5,'supplier','',-55);
INSERT INTO "balances" VALUES(6,'shelf:A-02-02','',40);
INSERT INTO "balances" VALUES(6,'supplier','',-40);
INSERT INTO "balances" VALUES(7,'parcel:5','',1);
INSERT INTO "balances" VALUES(7,'shelf:A-02-03','',35);
INSERT INTO "balances" VALUES(7,'supplier','',-36);
INSERT INTO "balances" VALUES(8,'shelf:A-02-04','',36);
INSERT INTO "balances" VALUES(8,'supplier','',-36);
INSERT INTO "balances" VALUES(9,'shelf:A-03-01','',90);
INSERT INTO "balances" VALUES(9,'supplier','',-90);
INSERT INTO "balances" VALUES(10,'shelf:A-03-02','',44);
INSERT INTO "balances" VALUES(10,'supplier','',-44);
INSERT INTO "balances" VALUES(11,'shelf:A-03-03','',30);
INSERT INTO "balances" VALUES(11,'supplier','',-30);
INSERT INTO "balances" VALUES(12,'shelf:A-03-04','',42);
INSERT INTO "balances" VALUES(12,'supplier','',-42);
INSERT INTO "balances" VALUES(13,'shelf:A-04-01','',42);
INSERT INTO "balances" VALUES(13,'supplier','',-42);
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
INSERT INTO "balances" VALUES(22,'shelf:B-02-02','',70);
INSERT INTO "balances" VALUES(22,'supplier','',-70);
INSERT INTO "balances" VALUES(23,'shelf:B-02-03','',35);
INSERT INTO "balances" VALUES(23,'supplier','',-35);
INSERT INTO "balances" VALUES(24,'parcel:3','',1);
INSERT INTO "balances" VALUES(24,'shelf:B-02-04','',17);
INSERT INTO "balances" VALUES(24,'supplier','',-18);
INSERT INTO "balances" VALUES(26,'shelf:B-03-02','',50);
INSERT INTO "balances" VALUES(26,'supplier','',-50);
CREATE TABLE batches (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	act VARCHAR NOT NULL
, station VARCHAR DEFAULT '' NOT NULL, person_id INTEGER, size INTEGER DEFAULT 0 NOT NULL);
INSERT INTO "batches" VALUES(1,1796028654471,'a65b162f-af52-4463-872d-c5665c49a71d','station-1',NULL,12);
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
INSERT INTO "exports" VALUES(1,'de3d4c7c-0b07-4126-9e84-1a409043e300',1796028654481,'station-1',1,'yamato_b2',NULL,'yamato_b2_1_20261130-175054.csv','305f93279356af6b19840b5a033145f40642179dc227f8d786e78cbaddfe8349',12,'','written',NULL);
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
INSERT INTO "holds" VALUES(4,'date_ahead','2026-12-02',1796028654399,NULL);
INSERT INTO "holds" VALUES(10,'date_ahead','2026-12-05',1796028654399,NULL);
INSERT INTO "holds" VALUES(13,'remark','',1796028654399,NULL);
INSERT INTO "holds" VALUES(14,'date_ahead','2026-12-04',1796028654399,NULL);
INSERT INTO "holds" VALUES(15,'address_awaited','',1796028654399,NULL);
INSERT INTO "holds" VALUES(18,'unpaid','',1796028654399,NULL);
INSERT INTO "holds" VALUES(20,'unpaid','',1796028654399,NULL);
INSERT INTO "holds" VALUES(31,'remark','',1796028654436,NULL);
INSERT INTO "holds" VALUES(33,'unpaid','',1796028654436,NULL);
INSERT INTO "holds" VALUES(34,'unknown_product','',1796028654436,NULL);
INSERT INTO "holds" VALUES(35,'date_ahead','2026-12-03',1796028654436,NULL);
INSERT INTO "holds" VALUES(37,'remark','メッセージ: おめでとうございます',1796028654436,NULL);
INSERT INTO "holds" VALUES(43,'bad_address','[["fault.abroad","to.country",{"value":"GB"}],["fault.bad_postcode","to.postcode",{"value":"ZZ1 1ZZ"}]]',1796028654436,NULL);
INSERT INTO "holds" VALUES(43,'missing_phone','[["fault.bad_phone","to.phone",{"value":"+440000000000"}]]',1796028654436,NULL);
INSERT INTO "holds" VALUES(3,'merge_proposed','#1015',1796028654447,NULL);
INSERT INTO "holds" VALUES(24,'merge_proposed','#1005',1796028654447,NULL);
INSERT INTO "holds" VALUES(31,'merge_proposed','999999-20260914-0000001023',1796028654447,NULL);
INSERT INTO "holds" VALUES(41,'merge_proposed','999999-20260914-0000001003',1796028654447,NULL);
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
INSERT INTO "imports" VALUES(1,'ff8d1e8a-87b7-4446-8981-449185dafc71',1796028654422,'rakuten.csv','03ba35228f677fa0d9882e9b943fc65f73033075c9e884598c003645539ec270','rakuten','見本商店 楽天市場店','{"added": 25, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 7, "flagged": 0, "gone": 0, "lines": 44, "problems": 5, "newest": 1796010492000}','orders',0);
INSERT INTO "imports" VALUES(2,'e86fa1d9-a681-46d1-a120-1ccd47610b70',1796028654445,'shopify.csv','62dfbee5cf373e606c11ad6f2a52920f0d2c9cc216f0f8f39a8ecef5cbdc47ee','shopify','見本商店 公式オンラインストア','{"added": 18, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 6, "flagged": 0, "gone": 0, "lines": 31, "problems": 4, "newest": 1796010965000}','orders',0);
INSERT INTO "imports" VALUES(3,'24ded90b-3b4e-46d2-9434-9091929131b6',1796028654496,'numbers_yamato_b2_1_20261130-175054.csv','1075e8166c17005fc3245ae583244065afa5dbc2c52fcc321751e4119bee9922','yamato_b2','','{"rows": 12, "numbered": 12, "same": 0, "accepted": 0, "rejected": 0, "refused": 0, "missing": 0}','numbers',0);
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
INSERT INTO "journal" VALUES(1,'e44be6a5-d551-4982-b8e9-665a4e74d3f3','station-1',1,1796028654307,NULL,NULL,'settings','','settings','ok','{}','{"shop.name":"見本商店","shop.postcode":"100-0000","shop.address":"東京都架空区見本町1-2-3 見本ビル1階","shop.phone":"03-0000-0000","shop.email":"shop@example.com","shop.registration":"T0000000000000","carrier.default":"yamato_b2/takkyubin","ship.origin":"東京都","release.at_open":"off","intake.max_age":"0","shop.language":"ja"}','','a392f8cf6cdc59151da6e8bc3cb4b68de611c7523a97db60b88cd52560732db4');
INSERT INTO "journal" VALUES(2,'acd476d3-95df-4c8c-bfff-72d19fba06a8','station-1',2,1796028654309,NULL,NULL,'people','','people','ok','{}','{"person":1,"role":"leader"}','a392f8cf6cdc59151da6e8bc3cb4b68de611c7523a97db60b88cd52560732db4','65dac7cdbf88a81623f3544067398bbe3b8455dde11aa2637a42b7eabe9312cc');
INSERT INTO "journal" VALUES(3,'b0d224e5-e22e-433b-a34f-fb4c0b51620d','station-1',3,1796028654310,NULL,NULL,'people','','people','ok','{}','{"person":2,"role":"packer"}','65dac7cdbf88a81623f3544067398bbe3b8455dde11aa2637a42b7eabe9312cc','9eee8107e6f964b1cbbc7e705dda4d18dce00e231ba9a3b9679fb3a407a63aef');
INSERT INTO "journal" VALUES(4,'5713d7ce-ba05-490c-bf79-5ecb115c7809','station-1',4,1796028654310,NULL,NULL,'people','','people','ok','{}','{"person":3,"role":"packer"}','9eee8107e6f964b1cbbc7e705dda4d18dce00e231ba9a3b9679fb3a407a63aef','caf8a7714be4b5a1fae2b3d4d480f980bed8ed87656eefd549c48953f3c9ea1e');
INSERT INTO "journal" VALUES(5,'26a0ca6f-c536-4daa-896b-27d54475dc85','station-1',5,1796028654311,NULL,NULL,'people','','people','ok','{}','{"person":4,"role":"picker"}','caf8a7714be4b5a1fae2b3d4d480f980bed8ed87656eefd549c48953f3c9ea1e','537449ec88a861540fcc789242814a82a165112055e88b1cdcf1db14a863c45a');
INSERT INTO "journal" VALUES(6,'4346d99a-2a16-444a-a5de-f7ffb5beb14a','station-1',6,1796028654311,NULL,NULL,'people','','people','ok','{}','{"person":5,"role":"office"}','537449ec88a861540fcc789242814a82a165112055e88b1cdcf1db14a863c45a','213dc107903d658f39735c47ef3e1acd3c9137f3eae7b4ed5ddce6eefe49683f');
INSERT INTO "journal" VALUES(7,'90675f9f-5622-43fe-92d7-fad416bd04c0','station-1',7,1796028654316,NULL,NULL,'products','','products','ok','{}','{"file":"products.csv","skus":["MAT-050","MAT-100","HOJ-080","HOJ-T20","SEN-100","GEN-200","COF-MED","COF-DRK","COF-DRP","YUZ-150","YUZ-300","MIS-AKA","MIS-SHI","SHO-300","SHO-USU","HON-180","JAM-ICH","JAM-BLU","CUP-BLU","CUP-RED","TOW-IND","TOW-SAK","FUR-045","CHA-SEN","TIM-001","GFT-BOX"]}','213dc107903d658f39735c47ef3e1acd3c9137f3eae7b4ed5ddce6eefe49683f','a9887791e8371c641830b77fc67a37560215aeea379fc19db4bbb4492c43aefc');
INSERT INTO "journal" VALUES(8,'876bf2ee-1dd9-4d8e-8fd4-54b940896a2d','station-1',8,1796028654353,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["14:00","17:00"],"carrier":"yamato_b2"}','a9887791e8371c641830b77fc67a37560215aeea379fc19db4bbb4492c43aefc','a3d285cde687ae303c9046a0d683e3787ac279483fda294be991391d1b4ffd47');
INSERT INTO "journal" VALUES(9,'4f422f3c-b74c-44d5-af5a-d5f0cd376436','station-1',9,1796028654355,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["15:30"],"carrier":"sagawa_e3"}','a3d285cde687ae303c9046a0d683e3787ac279483fda294be991391d1b4ffd47','d96683b68298f448501e9f167e3ea7786f392596d553f34471e12779476ee639');
INSERT INTO "journal" VALUES(10,'60991e13-3f51-4f9c-b1e8-3ded23d98bbd','station-1',10,1796028654356,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"yamato_b2","shop":0}','d96683b68298f448501e9f167e3ea7786f392596d553f34471e12779476ee639','f8114d569554ff9529716b8d7b081d6c5ff15125b7e35b2d1c345cf2550ac45e');
INSERT INTO "journal" VALUES(11,'1f8221b0-7081-4dc8-9e39-b0b58b0d8396','station-1',11,1796028654357,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"sagawa_e3","shop":0}','f8114d569554ff9529716b8d7b081d6c5ff15125b7e35b2d1c345cf2550ac45e','aace444ad3ecab6569943e61779aff2bf843a2ee16ddc17ea16d962bd5b78627');
INSERT INTO "journal" VALUES(12,'72bfa0ad-a72d-492b-b1e2-baf09d987e53','station-1',12,1796028654358,NULL,NULL,'carriers','','carriers','ok','{}','{"lead_times":{"file":"lead_times.csv","rows":94,"carriers":["yamato_b2","sagawa_e3"]}}','aace444ad3ecab6569943e61779aff2bf843a2ee16ddc17ea16d962bd5b78627','27ffca4d15acfcee01243499a3839236ed2e01b444fdb0a408fa02fee7f583e5');
INSERT INTO "journal" VALUES(13,'f5198763-4b6b-4c63-a598-9a4cd08c500b','station-1',13,1796028654399,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","shop":"見本商店 楽天市場店","first":"999999-20260914-0000001001","last":"999999-20260914-0000001025","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0}','27ffca4d15acfcee01243499a3839236ed2e01b444fdb0a408fa02fee7f583e5','b4177b8d9a95d1f35f191e84ac25993193254e79db26d97c750219c5d3422107');
INSERT INTO "journal" VALUES(14,'ff8d1e8a-87b7-4446-8981-449185dafc71','station-1',14,1796028654422,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","sha256":"03ba35228f677fa0d9882e9b943fc65f73033075c9e884598c003645539ec270","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0,"lines":44,"problems":5,"newest":1796010492000}','b4177b8d9a95d1f35f191e84ac25993193254e79db26d97c750219c5d3422107','709543122ea194aa6ad150141162b79a1879b2e5a4519049c910d8cbf05ee8c9');
INSERT INTO "journal" VALUES(15,'6f855299-dbb4-4df9-a532-5e73fce8dcfa','station-1',15,1796028654428,NULL,NULL,'reserve','','reserve','ok','{"result":[[24,1,2,3,5,6,11,12,13,7,8,9,15,16,17,18,20,21,22,23,25,26,4,14,10],[]]}','{"covered":[24,1,2,3,5,6,11,12,13,7,8,9,15,16,17,18,20,21,22,23,25,26,4,14,10],"short":[]}','709543122ea194aa6ad150141162b79a1879b2e5a4519049c910d8cbf05ee8c9','09de2bc8f605c8a17563d7c09c0e5e9646212c45d12104de98c9bdad9a4ef72a');
INSERT INTO "journal" VALUES(16,'504ebfc8-cde2-4ae7-ae9f-f6acef65665c','station-1',16,1796028654436,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","shop":"見本商店 公式オンラインストア","first":"#1001","last":"#1020","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0}','09de2bc8f605c8a17563d7c09c0e5e9646212c45d12104de98c9bdad9a4ef72a','e615c02031d2a8806cb57776852ffba05be55fb639ad4958840a8c36195052da');
INSERT INTO "journal" VALUES(17,'e86fa1d9-a681-46d1-a120-1ccd47610b70','station-1',17,1796028654445,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","sha256":"62dfbee5cf373e606c11ad6f2a52920f0d2c9cc216f0f8f39a8ecef5cbdc47ee","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0,"lines":31,"problems":4,"newest":1796010965000}','e615c02031d2a8806cb57776852ffba05be55fb639ad4958840a8c36195052da','002985a94053df32cc6432ecbce6b51930ea30ba5a558ab54effeeee881f4bff');
INSERT INTO "journal" VALUES(18,'e8fded53-9bc2-4e1b-99b8-ef5e1bc76072','station-1',18,1796028654447,NULL,NULL,'merge','','merge','ok','{"result":4}','{"proposed":4}','002985a94053df32cc6432ecbce6b51930ea30ba5a558ab54effeeee881f4bff','54631f4081d0581cef38e5249ce28b308458438ba36c8b2794953be29b9d4f31');
INSERT INTO "journal" VALUES(19,'59a700d1-e150-4c12-998b-ad5aeef60f52','station-1',19,1796028654454,NULL,NULL,'reserve','','reserve','ok','{"result":[[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],[]]}','{"covered":[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],"short":[]}','54631f4081d0581cef38e5249ce28b308458438ba36c8b2794953be29b9d4f31','7ecd53f6c988a0763cb8b49cad7d65652cf2bd8d412c1895923da4bdfabdb357');
INSERT INTO "journal" VALUES(20,'b294f43a-7580-418f-9154-0bd2b826815a','station-1',20,1796028654459,NULL,NULL,'recheck','','recheck','ok','{"result":0}','{"orders":[]}','7ecd53f6c988a0763cb8b49cad7d65652cf2bd8d412c1895923da4bdfabdb357','4878f91ab729b7a97afb6c83f213f9f67cb33ee03dd5d486abd2b8b022cfe7e9');
INSERT INTO "journal" VALUES(21,'fd25aa5b-e1ae-4312-a562-18bc98997990','station-1',21,1796028654463,NULL,NULL,'reserve','','reserve','ok','{"result":[[1,2,5,6,27,11,12,28,29,30,7,8],[]]}','{"covered":[1,2,5,6,27,11,12,28,29,30,7,8],"short":[]}','4878f91ab729b7a97afb6c83f213f9f67cb33ee03dd5d486abd2b8b022cfe7e9','04209762000f2b0c8efdaf82bb635a279dce480057fa0ce0116e3560af4c559f');
INSERT INTO "journal" VALUES(22,'a65b162f-af52-4463-872d-c5665c49a71d','station-1',22,1796028654471,NULL,NULL,'release','','release','ok','{"result":[1,2,[30,7,1,2,5,27,6,28,8,11,29,12],["1-001","1-002","1-003","1-004","1-005","1-006","1-007","1-008","1-009","1-010","1-011","1-012"],[],true]}','{"batch":1,"orders":[30,7,1,2,5,27,6,28,8,11,29,12],"first":"1-001","refused":0}','04209762000f2b0c8efdaf82bb635a279dce480057fa0ce0116e3560af4c559f','68e8d3335e8759dd993f9bfef5e75ee1d39c773e029b2002f3a8b8f78136c2de');
INSERT INTO "journal" VALUES(23,'de3d4c7c-0b07-4126-9e84-1a409043e300','station-1',23,1796028654481,NULL,NULL,'export','','export','ok','{"result":["yamato_b2",[[1,"yamato_b2_1_20261130-175054.csv",12,12]],[],[]]}','{"carrier":"yamato_b2","batch":1,"reason":"","files":[[1,"yamato_b2_1_20261130-175054.csv",12]],"kept_out":0}','68e8d3335e8759dd993f9bfef5e75ee1d39c773e029b2002f3a8b8f78136c2de','d65800519514aa42fee4c1c3c7144d05c79a1728bd95c8cb361191c1dd78d6fe');
INSERT INTO "journal" VALUES(24,'ef0b03e0-3ca4-479d-9492-a20971c3f18b','station-1',24,1796028654484,NULL,NULL,'written','','written','ok','{"result":true}','{"export":1}','d65800519514aa42fee4c1c3c7144d05c79a1728bd95c8cb361191c1dd78d6fe','c6083a04a7a31bd8fe98b2f6cc1c2f5cfb7406f212d465d2daddbe0c381d911d');
INSERT INTO "journal" VALUES(25,'499e1c73-1b41-4376-a942-a1adc0166741','station-1',25,1796028654489,NULL,NULL,'numbers','','numbers','ok','{"result":[]}','{"carrier":"yamato_b2","rows":12,"numbers":12}','c6083a04a7a31bd8fe98b2f6cc1c2f5cfb7406f212d465d2daddbe0c381d911d','bdf053b9d713b99e353c425ab8d6be5e35e62859ebdaa9637165fc1568143436');
INSERT INTO "journal" VALUES(26,'24ded90b-3b4e-46d2-9434-9091929131b6','station-1',26,1796028654496,NULL,NULL,'numbers','','numbers','ok','{}','{"file":"numbers_yamato_b2_1_20261130-175054.csv","sha256":"1075e8166c17005fc3245ae583244065afa5dbc2c52fcc321751e4119bee9922","rows":12,"numbered":12,"same":0,"accepted":0,"rejected":0,"refused":0,"missing":0}','bdf053b9d713b99e353c425ab8d6be5e35e62859ebdaa9637165fc1568143436','22b3ce1a36175c2c6feaaddbb385ff6305594c74f0e04b87aa56346ddb049559');
INSERT INTO "journal" VALUES(27,'sample-0','station-1',27,1796028654497,1,NULL,'scan','KU-101','person.signed_in','ok','{"level":"ok","key":"person.signed_in","args":{"name":"佐藤 花子","role":"leader"},"ask":{"kind":"order"},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":0,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"SignedIn","person":1}]','22b3ce1a36175c2c6feaaddbb385ff6305594c74f0e04b87aa56346ddb049559','dc60b259301b70400c17c90ac59ed2961ccce71380fd79d6c5307fb1ffa860ab');
INSERT INTO "journal" VALUES(28,'sample-1','station-1',28,1796028654500,1,30,'scan','KO-1-001-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"#1004","ship_number":"1-001","lines":2,"pieces":3},"ask":{"kind":"item","line":52,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1},"order":"#1004","order_id":30,"ship_number":"1-001","done":0,"wanted":3,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Opened","order":30,"release":false,"taken_over":"","slip":"1-001-1"}]','dc60b259301b70400c17c90ac59ed2961ccce71380fd79d6c5307fb1ffa860ab','acb9f7dad46679fef183e9d0b558227046a72c05b631b5d28e111cd978ff873d');
INSERT INTO "journal" VALUES(29,'sample-2','station-1',29,1796028654503,1,30,'scan','4599990001020','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"#1004","ship_number":"1-001","line_done":1,"line_wanted":1,"done":1,"wanted":3},"ask":{"kind":"item","line":53,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":2},"order":"#1004","order_id":30,"ship_number":"1-001","done":1,"wanted":3,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":52,"product":2,"code":"04599990001020","quantity":1,"lot":"","source":"shelf:A-01-02"}]','acb9f7dad46679fef183e9d0b558227046a72c05b631b5d28e111cd978ff873d','a96cb85c691794ea568a27e88211a287a0d49f414aed24261ae8132d4ca6cfe2');
INSERT INTO "journal" VALUES(30,'sample-3','station-1',30,1796028654505,1,30,'scan','4599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"#1004","ship_number":"1-001","line_done":1,"line_wanted":2,"done":2,"wanted":3},"ask":{"kind":"item","line":53,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1},"order":"#1004","order_id":30,"ship_number":"1-001","done":2,"wanted":3,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":53,"product":1,"code":"04599990001013","quantity":1,"lot":"","source":"shelf:A-01-01"}]','a96cb85c691794ea568a27e88211a287a0d49f414aed24261ae8132d4ca6cfe2','4c90e4b339b8c0cc5a395b7e37c05df03c8665c5a7c89dffd695a14d86819082');
INSERT INTO "journal" VALUES(31,'sample-4','station-1',31,1796028654507,1,30,'scan','4599990001013','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"#1004","ship_number":"1-001","line_done":2,"line_wanted":2,"done":3,"wanted":3},"ask":{"kind":"waybill","waybill":"668646212861","last4":"2861","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":53,"product":1,"code":"04599990001013","quantity":1,"lot":"","source":"shelf:A-01-01"}]','4c90e4b339b8c0cc5a395b7e37c05df03c8665c5a7c89dffd695a14d86819082','26a92ce2b40a1f94bdde5c08f70220e5f49342c8494e05545da91a94898340c9');
INSERT INTO "journal" VALUES(32,'sample-5','station-1',32,1796028654509,1,30,'scan','668646212861','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"#1004","ship_number":"1-001","waybill":"668646212861","last4":"2861","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-002"},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Attached","waybill":1,"number":"668646212861","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','26a92ce2b40a1f94bdde5c08f70220e5f49342c8494e05545da91a94898340c9','fa6a7ed89d107b705086d5dd5570870226c1de8379f5769ea2e32ebb80d3baaa');
INSERT INTO "journal" VALUES(33,'sample-6','station-1',33,1796028654511,1,7,'scan','KO-1-002-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","lines":2,"pieces":2},"ask":{"kind":"item","line":11,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":0,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Opened","order":7,"release":false,"taken_over":"","slip":"1-002-1"}]','fa6a7ed89d107b705086d5dd5570870226c1de8379f5769ea2e32ebb80d3baaa','b85084ade9121b4a7a2fcdc272e576a097014e347e4d86610e64050ebe483528');
INSERT INTO "journal" VALUES(34,'sample-7','station-1',34,1796028654512,1,7,'scan','4599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"999999-20260914-0000001007","ship_number":"1-002","line_done":1,"line_wanted":1,"done":1,"wanted":2},"ask":{"kind":"item","line":12,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":1,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":11,"product":1,"code":"04599990001013","quantity":1,"lot":"","source":"shelf:A-01-01"}]','b85084ade9121b4a7a2fcdc272e576a097014e347e4d86610e64050ebe483528','7a0229d50c709903a4438872af98d30a2653ca283bed0ba912abae933268d7dd');
INSERT INTO "journal" VALUES(35,'sample-8','station-1',35,1796028654514,1,7,'scan','4599990001020','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"999999-20260914-0000001007","ship_number":"1-002","line_done":1,"line_wanted":1,"done":2,"wanted":2},"ask":{"kind":"waybill","waybill":"321266637451","last4":"7451","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":12,"product":2,"code":"04599990001020","quantity":1,"lot":"","source":"shelf:A-01-02"}]','7a0229d50c709903a4438872af98d30a2653ca283bed0ba912abae933268d7dd','c8021aa9f2008b01bf140f576ff9b41eb1784d67c8c2fc968fd5cfc310a42d17');
INSERT INTO "journal" VALUES(36,'sample-9','station-1',36,1796028654515,1,7,'scan','321266637451','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","waybill":"321266637451","last4":"7451","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-003"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Attached","waybill":2,"number":"321266637451","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','c8021aa9f2008b01bf140f576ff9b41eb1784d67c8c2fc968fd5cfc310a42d17','280c85f075ba551d9184a3928092ac9d4ad097d0bd47093cbe0056859579ce82');
INSERT INTO "journal" VALUES(37,'sample-10','station-1',37,1796028654516,1,1,'scan','KO-1-003-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001001","ship_number":"1-003","lines":2,"pieces":2},"ask":{"kind":"item","line":1,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":0,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Opened","order":1,"release":false,"taken_over":"","slip":"1-003-1"}]','280c85f075ba551d9184a3928092ac9d4ad097d0bd47093cbe0056859579ce82','8f86391a32f9129361df865f8b508d9dc9cb61abb132625b3ad57f87f4b729c3');
INSERT INTO "journal" VALUES(38,'sample-11','station-1',38,1796028654516,1,1,'scan','4599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"999999-20260914-0000001001","ship_number":"1-003","line_done":1,"line_wanted":1,"done":1,"wanted":2},"ask":{"kind":"item","line":2,"sku":"CHA-SEN","name":"茶せん 八十本立","product_code":"4599990004311","shelf":"B-02-04","left":1},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":1,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":1,"product":1,"code":"04599990001013","quantity":1,"lot":"","source":"shelf:A-01-01"}]','8f86391a32f9129361df865f8b508d9dc9cb61abb132625b3ad57f87f4b729c3','e706ccfc33996c644865de928ac6cd6881837eb50ff839f9761cf90e5649040f');
INSERT INTO "journal" VALUES(39,'sample-12','station-1',39,1796028654517,1,1,'scan','4599990004311','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"CHA-SEN","name":"茶せん 八十本立","item_code":"4599990004311","shelf":"B-02-04","number":"999999-20260914-0000001001","ship_number":"1-003","line_done":1,"line_wanted":1,"done":2,"wanted":2},"ask":{"kind":"waybill","waybill":"980327100863","last4":"0863","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":2,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":2,"product":24,"code":"04599990004311","quantity":1,"lot":"","source":"shelf:B-02-04"}]','e706ccfc33996c644865de928ac6cd6881837eb50ff839f9761cf90e5649040f','893d6053b4dca4d9acd1c47c8d503d80f2e59b9e21ae42652b9faced118908bb');
INSERT INTO "journal" VALUES(40,'sample-13','station-1',40,1796028654517,1,1,'scan','980327100863','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"999999-20260914-0000001001","ship_number":"1-003","waybill":"980327100863","last4":"0863","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-004"},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":2,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Attached","waybill":3,"number":"980327100863","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','893d6053b4dca4d9acd1c47c8d503d80f2e59b9e21ae42652b9faced118908bb','4654c5acdd7374105c8d354875ab3592623a9343f88cb86c6875fcdf531ee4d2');
INSERT INTO "journal" VALUES(41,'sample-14','station-1',41,1796028654519,1,2,'scan','KO-1-004-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001002","ship_number":"1-004","lines":1,"pieces":1},"ask":{"kind":"item","line":3,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":0,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Opened","order":2,"release":false,"taken_over":"","slip":"1-004-1"}]','4654c5acdd7374105c8d354875ab3592623a9343f88cb86c6875fcdf531ee4d2','55eb147122d1069f190a01301b1401ba1b6965c565ca8ebdcbf0f0e720e7ae66');
INSERT INTO "journal" VALUES(42,'sample-15','station-1',42,1796028654519,1,2,'scan','4599990001020','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"999999-20260914-0000001002","ship_number":"1-004","line_done":1,"line_wanted":1,"done":1,"wanted":1},"ask":{"kind":"waybill","waybill":"174685830384","last4":"0384","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":3,"product":2,"code":"04599990001020","quantity":1,"lot":"","source":"shelf:A-01-02"}]','55eb147122d1069f190a01301b1401ba1b6965c565ca8ebdcbf0f0e720e7ae66','fe6ed8c6e69dd6dec21773764a71a4d7e235b08df7745f4c86030da2f6f58418');
INSERT INTO "journal" VALUES(43,'sample-16','station-1',43,1796028654521,1,2,'scan','KP-SHORT','short.all_in','refused','{"level":"refused","key":"short.all_in","args":{},"ask":{"kind":"waybill","waybill":"174685830384","last4":"0384","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[]','fe6ed8c6e69dd6dec21773764a71a4d7e235b08df7745f4c86030da2f6f58418','7d0ae685500d4942df2689c2ab861e5e74a9cca464de17f0e24b7f4976335423');
INSERT INTO "journal" VALUES(44,'sample-17','station-1',44,1796028654522,1,2,'scan','KP-R-MISSING','reason.not_asked','refused','{"level":"refused","key":"reason.not_asked","args":{"code":"KP-R-MISSING"},"ask":{"kind":"waybill","waybill":"174685830384","last4":"0384","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[]','7d0ae685500d4942df2689c2ab861e5e74a9cca464de17f0e24b7f4976335423','7bab1d240010629cd6a0a27e823b620f359e66e02c091784c936377921df2fbb');
INSERT INTO "journal" VALUES(45,'sample-18','station-1',45,1796028654523,1,2,'scan','KP-CANCEL','refusal.dismissed','info','{"level":"info","key":"refusal.dismissed","args":{},"ask":{"kind":"waybill","waybill":"174685830384","last4":"0384","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[]','7bab1d240010629cd6a0a27e823b620f359e66e02c091784c936377921df2fbb','6779e6a693686bab512af3a21007f2ada5bf04c12e8950ed1856a4a2b74d8aea');
INSERT INTO "journal" VALUES(46,'sample-19','station-1',46,1796028654523,1,2,'scan','KO-1-005-1','slip.next_one','refused','{"level":"refused","key":"slip.next_one","args":{"number":"999999-20260914-0000001002","ship_number":"1-004","other":"1-005"},"ask":{"kind":"waybill","waybill":"174685830384","last4":"0384","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[]','6779e6a693686bab512af3a21007f2ada5bf04c12e8950ed1856a4a2b74d8aea','7804032af2cd133afebf348e367a67b7b533b84340f9ad03eefce1700be69289');
INSERT INTO "journal" VALUES(47,'sample-20','station-1',47,1796028654523,1,2,'scan','174685830384','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"999999-20260914-0000001002","ship_number":"1-004","waybill":"174685830384","last4":"0384","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-005"},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Attached","waybill":4,"number":"174685830384","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','7804032af2cd133afebf348e367a67b7b533b84340f9ad03eefce1700be69289','0c45f15a30f19dae551c94e9dd516e0d5bcf3596913e49e8031b38e8acb93352');
INSERT INTO "journal" VALUES(48,'sample-21','station-1',48,1796028654524,1,2,'scan','KP-LATER','later.nothing','refused','{"level":"refused","key":"later.nothing","args":{"code":"KP-LATER"},"ask":{"kind":"order","next":"1-005"},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-004","done":1,"wanted":1,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[]','0c45f15a30f19dae551c94e9dd516e0d5bcf3596913e49e8031b38e8acb93352','7aed889a18dea475115dfd11f316349d287991eca6e07cb65726d90cb06eda65');
INSERT INTO "journal" VALUES(49,'sample-22','station-1',49,1796028654525,1,27,'scan','KO-1-006-1','order.opened_skipped','info','{"level":"info","key":"order.opened_skipped","args":{"number":"#1001","ship_number":"1-006","lines":2,"pieces":2,"skipped":"1-005"},"ask":{"kind":"item","line":46,"sku":"COF-MED","name":"みさき珈琲 豆 中煎り 200g","product_code":"4599990002010","shelf":"A-02-03","left":1},"order":"#1001","order_id":27,"ship_number":"1-006","done":0,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Opened","order":27,"release":false,"taken_over":"","slip":"1-006-1"}]','7aed889a18dea475115dfd11f316349d287991eca6e07cb65726d90cb06eda65','5e3141a1521e8571dea9f363f302ed8bedbacfdafc37ebe03d3fb387210f436d');
INSERT INTO "journal" VALUES(50,'sample-23','station-1',50,1796028654526,1,27,'scan','4599990002010','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"COF-MED","name":"みさき珈琲 豆 中煎り 200g","item_code":"4599990002010","shelf":"A-02-03","number":"#1001","ship_number":"1-006","line_done":1,"line_wanted":1,"done":1,"wanted":2},"ask":{"kind":"item","line":47,"sku":"COF-DRP","name":"みさき珈琲 ドリップ 10袋","product_code":"4599990002034","shelf":"A-03-01","left":1},"order":"#1001","order_id":27,"ship_number":"1-006","done":1,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[{"fact":"Packed","line":46,"product":7,"code":"04599990002010","quantity":1,"lot":"","source":"shelf:A-02-03"}]','5e3141a1521e8571dea9f363f302ed8bedbacfdafc37ebe03d3fb387210f436d','61ca3d67ab5d1aa1a72a12faa86d9205d3e686e24ba736b2bad77f3758fd5c01');
INSERT INTO "journal" VALUES(51,'sample-24','station-1',51,1796028654528,1,27,'scan','4900000000009','code.unknown','refused','{"level":"refused","key":"code.unknown","args":{"code":"4900000000009","gtin":"04900000000009"},"ask":{"kind":"item","line":47,"sku":"COF-DRP","name":"みさき珈琲 ドリップ 10袋","product_code":"4599990002034","shelf":"A-03-01","left":1},"order":"#1001","order_id":27,"ship_number":"1-006","done":1,"wanted":2,"person":{"name":"佐藤 花子","role":"leader","language":"ja"}}','[]','61ca3d67ab5d1aa1a72a12faa86d9205d3e686e24ba736b2bad77f3758fd5c01','87c90da6d13714af5b9227fa006cae9e7f5edf0c3d9309225b1a98862731c9ad');
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
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','released','station-1',-4);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','verified','station-1',4);
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
INSERT INTO "moves" VALUES(1,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,1,'M260701','supplier','shelf:A-01-01',84,NULL);
INSERT INTO "moves" VALUES(2,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,2,'M260702','supplier','shelf:A-01-02',60,NULL);
INSERT INTO "moves" VALUES(3,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,3,'','supplier','shelf:A-01-03',48,NULL);
INSERT INTO "moves" VALUES(4,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,4,'','supplier','shelf:A-01-04',72,NULL);
INSERT INTO "moves" VALUES(5,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,5,'','supplier','shelf:A-02-01',55,NULL);
INSERT INTO "moves" VALUES(6,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,6,'','supplier','shelf:A-02-02',40,NULL);
INSERT INTO "moves" VALUES(7,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,7,'','supplier','shelf:A-02-03',36,NULL);
INSERT INTO "moves" VALUES(8,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,8,'','supplier','shelf:A-02-04',36,NULL);
INSERT INTO "moves" VALUES(9,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,9,'','supplier','shelf:A-03-01',90,NULL);
INSERT INTO "moves" VALUES(10,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,10,'','supplier','shelf:A-03-02',44,NULL);
INSERT INTO "moves" VALUES(11,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,11,'','supplier','shelf:A-03-03',30,NULL);
INSERT INTO "moves" VALUES(12,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,12,'','supplier','shelf:A-03-04',42,NULL);
INSERT INTO "moves" VALUES(13,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,13,'','supplier','shelf:A-04-01',42,NULL);
INSERT INTO "moves" VALUES(14,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,14,'','supplier','shelf:A-04-02',60,NULL);
INSERT INTO "moves" VALUES(15,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,15,'','supplier','shelf:A-04-03',60,NULL);
INSERT INTO "moves" VALUES(16,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,16,'','supplier','shelf:A-04-04',33,NULL);
INSERT INTO "moves" VALUES(17,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,17,'','supplier','shelf:B-01-01',28,NULL);
INSERT INTO "moves" VALUES(18,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,18,'','supplier','shelf:B-01-02',28,NULL);
INSERT INTO "moves" VALUES(19,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,19,'','supplier','shelf:B-01-03',20,NULL);
INSERT INTO "moves" VALUES(20,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,20,'','supplier','shelf:B-01-04',20,NULL);
INSERT INTO "moves" VALUES(21,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,21,'','supplier','shelf:B-02-01',70,NULL);
INSERT INTO "moves" VALUES(22,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,22,'','supplier','shelf:B-02-02',70,NULL);
INSERT INTO "moves" VALUES(23,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,23,'','supplier','shelf:B-02-03',35,NULL);
INSERT INTO "moves" VALUES(24,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,24,'','supplier','shelf:B-02-04',18,NULL);
INSERT INTO "moves" VALUES(25,'90675f9f-5622-43fe-92d7-fad416bd04c0',1796028654316,26,'','supplier','shelf:B-03-02',50,NULL);
INSERT INTO "moves" VALUES(26,'sample-2',1796028654503,2,'','shelf:A-01-02','parcel:1',1,30);
INSERT INTO "moves" VALUES(27,'sample-3',1796028654505,1,'','shelf:A-01-01','parcel:1',1,30);
INSERT INTO "moves" VALUES(28,'sample-4',1796028654507,1,'','shelf:A-01-01','parcel:1',1,30);
INSERT INTO "moves" VALUES(29,'sample-7',1796028654512,1,'','shelf:A-01-01','parcel:2',1,7);
INSERT INTO "moves" VALUES(30,'sample-8',1796028654514,2,'','shelf:A-01-02','parcel:2',1,7);
INSERT INTO "moves" VALUES(31,'sample-11',1796028654516,1,'','shelf:A-01-01','parcel:3',1,1);
INSERT INTO "moves" VALUES(32,'sample-12',1796028654517,24,'','shelf:B-02-04','parcel:3',1,1);
INSERT INTO "moves" VALUES(33,'sample-15',1796028654519,2,'','shelf:A-01-02','parcel:4',1,2);
INSERT INTO "moves" VALUES(34,'sample-23',1796028654526,7,'','shelf:A-02-03','parcel:5',1,27);
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
INSERT INTO "order_lines" VALUES(1,1,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,1,0,'1080','0.08','',1,NULL);
INSERT INTO "order_lines" VALUES(2,1,2,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,1,0,'2480','0.1','',1,NULL);
INSERT INTO "order_lines" VALUES(3,2,1,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,1,0,'1980','0.08','',1,NULL);
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
INSERT INTO "order_lines" VALUES(21,12,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,1,0,0,'990','0.1','',1,NULL);
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
INSERT INTO "order_lines" VALUES(46,27,1,'COF-MED','みさき珈琲 豆 中煎り 200g',7,1,1,0,'1480','','',1,NULL);
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
INSERT INTO "orders" VALUES(1,1,'999999-20260914-0000001001','20000001','verified',0,1,1,3,1796028654399,1795993212000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','東京都',0,'{"buyer":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3560","shipping":"550","fee":"0","discount":"0","points":"0","total":"4110","currency":"JPY"}}','53388317d0a07d438a507d3ece94d023','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'2b5ca5409cf7bc87ef231182',NULL,0,NULL);
INSERT INTO "orders" VALUES(2,1,'999999-20260914-0000001002','20000011','verified',0,1,1,4,1796028654399,1795993632000,1796101200000,1796101200000,0,'',0,1,1,'試験 花子','大阪府',0,'{"buyer":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1980","shipping":"550","fee":"0","discount":"0","points":"0","total":"2530","currency":"JPY"}}','7e55fbb45249393e7f3e41c97223b1b5','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'e7f410ab6ae9f2ec981abaea',NULL,0,NULL);
INSERT INTO "orders" VALUES(3,1,'999999-20260914-0000001003','20000021','received',1,0,NULL,NULL,1796028654399,1795994052000,1796101200000,1796101200000,0,'',0,3,4,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3900","shipping":"550","fee":"0","discount":"0","points":"0","total":"4450","currency":"JPY"}}','413293b36dbb8c53bce8804006766874','yamato_b2','takkyubin','','ambient',52,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL);
INSERT INTO "orders" VALUES(4,1,'999999-20260914-0000001004','20000031','received',1,0,NULL,NULL,1796028654399,1795994472000,1796187600000,1796187600000,0,'',0,1,3,'仮名 さくら','北海道',0,'{"buyer":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-04 14:00-16:00","totals":{"subtotal":"1620","shipping":"550","fee":"0","discount":"0","points":"0","total":"2170","currency":"JPY"}}','577c0ef3e1adfa14681fe5e6bbae2f6f','yamato_b2','takkyubin','','ambient',35,'2026-12-02','2026-12-04','14-16',0,1,'5c0665f4081d43a9ad449611',NULL,0,NULL);
INSERT INTO "orders" VALUES(5,1,'999999-20260914-0000001005','20000041','released',0,1,1,5,1796028654399,1795994892000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','福岡県',0,'{"buyer":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2960","shipping":"550","fee":"0","discount":"0","points":"0","total":"3510","currency":"JPY"}}','5c93b88ed7ed47e7f56c089521244af4','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'b8f6012220149e12af7a31cc',NULL,0,NULL);
INSERT INTO "orders" VALUES(6,1,'999999-20260914-0000001006','20000051','released',0,1,1,7,1796028654399,1795995312000,1796101200000,1796101200000,0,'',0,1,12,'見本 あおい','宮城県',0,'{"buyer":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"7440","shipping":"0","fee":"0","discount":"0","points":"0","total":"7440","currency":"JPY"}}','63fd2f31ff7c8b90bced25f3cdeb011c','yamato_b2','takkyubin','','ambient',102,'2026-12-01','','',0,1,'4127348bfc29bf6cda9efcb8',NULL,0,NULL);
INSERT INTO "orders" VALUES(7,1,'999999-20260914-0000001007','20000061','verified',0,1,1,2,1796028654399,1795999332000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','愛知県',1,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-5624","country":"JP"},"note":"のし: 内祝い 見本","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3060","shipping":"550","fee":"0","discount":"0","points":"0","total":"3610","currency":"JPY"}}','2cfe5efcc481f07d6d97aaa1b86c0309','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'bd7f89a4aa03c7b5179f5098',NULL,0,NULL);
INSERT INTO "orders" VALUES(8,1,'999999-20260914-0000001008','20000071','released',0,1,1,9,1796028654399,1795999752000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','宮城県',1,'{"buyer":{"name":"例示 誠","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-6018","country":"JP"},"note":"ラッピング: 包装紙（青海波）","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3630","shipping":"550","fee":"0","discount":"0","points":"0","total":"4180","currency":"JPY"}}','5aff870c7dea352dc90247b7e9bec788','yamato_b2','takkyubin','','ambient',58,'2026-12-01','','',0,1,'915707a6593e42f0da706b27',NULL,0,NULL);
INSERT INTO "orders" VALUES(9,1,'999999-20260914-0000001009','20000081','ready',0,0,NULL,NULL,1796028654399,1796000172000,1796101200000,1796101200000,0,'',0,2,3,'仮野 みどり','石川県',0,'{"buyer":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3160","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"550","fee":"330","discount":"0","points":"0","total":"3160","currency":"JPY"}}','74389ef9ee0fa9699ff351c37399a6da','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',3160,1,'fc7946f62687f1b8ff758c27',NULL,0,NULL);
INSERT INTO "orders" VALUES(10,1,'999999-20260914-0000001010','20000091','received',1,0,NULL,NULL,1796028654399,1795996992000,1796446800000,1796446800000,0,'',0,2,3,'空想 大輔','香川県',0,'{"buyer":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3990","delivery":"宅配便","wish":"2026-12-06 午前中","totals":{"subtotal":"3110","shipping":"550","fee":"330","discount":"0","points":"0","total":"3990","currency":"JPY"}}','3d00352796800c8a362a96a1cd5be725','yamato_b2','takkyubin','','ambient',35,'2026-12-05','2026-12-06','am',3990,1,'2db4ede9a0d3a38740f426d8',NULL,0,NULL);
INSERT INTO "orders" VALUES(11,1,'999999-20260914-0000001011','20000101','released',0,1,1,10,1796028654399,1795997412000,1796101200000,1796101200000,0,'',0,1,1,'例示 誠','福岡県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"990","shipping":"550","fee":"0","discount":"0","points":"0","total":"1540","currency":"JPY"}}','6f98fca1f47227b9fdc13263af9f76c1','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'8b03c5ba2220745ba971fbbe',NULL,0,NULL);
INSERT INTO "orders" VALUES(12,1,'999999-20260914-0000001011','20000102','released',0,1,1,12,1796028654399,1795997412000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','宮城県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2310","shipping":"0","fee":"0","discount":"0","points":"0","total":"2310","currency":"JPY"}}','a79a79b001c15beee85f393ebe198808','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'21bd0c7fb3fbd27ae56a96ac',NULL,0,NULL);
INSERT INTO "orders" VALUES(13,1,'999999-20260914-0000001012','20000111','received',1,0,NULL,NULL,1796028654399,1795997832000,1796101200000,1796101200000,0,'',0,1,2,'見本田 光','大阪府',0,'{"buyer":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"note":"不在のときは玄関の前に置いてください。","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2560","shipping":"550","fee":"0","discount":"0","points":"0","total":"3110","currency":"JPY"}}','05c16531b789db7b08b30f13a7c84514','yamato_b2','takkyubin','','ambient',43,'2026-12-01','','',0,1,'6fb9be80defe1a41bfa2f244',NULL,0,NULL);
INSERT INTO "orders" VALUES(14,1,'999999-20260914-0000001013','20000121','received',1,0,NULL,NULL,1796028654399,1796001852000,1796360400000,1796360400000,0,'',0,1,1,'試谷 恵','愛知県',0,'{"buyer":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-05(土) 午前中","totals":{"subtotal":"780","shipping":"550","fee":"0","discount":"0","points":"0","total":"1330","currency":"JPY"}}','195e9f665707f9a136d8035b833b0052','yamato_b2','takkyubin','','ambient',32,'2026-12-04','2026-12-05','am',0,1,'b692cd3f0caa64c0503901d4',NULL,0,NULL);
INSERT INTO "orders" VALUES(15,1,'999999-20260914-0000001014','20000131','received',1,0,NULL,NULL,1796028654399,1796002272000,1796101200000,1796101200000,0,'',0,2,2,'入力待ち 入力待ち','入力待ち',1,'{"buyer":{"name":"例井 直樹","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8125","country":"JP"},"ship_to":{"name":"入力待ち 入力待ち","postcode":"999-9999","prefecture":"入力待ち","city":"入力待ち","street":"入力待ち","phone":"999-9999-9999","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1800","shipping":"550","fee":"0","discount":"0","points":"0","total":"2350","currency":"JPY"}}','28d16246fe5d05955930df27b76d51f8','yamato_b2','takkyubin','','ambient',29,'2026-12-01','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(16,1,'999999-20260914-0000001015','20000141','ready',0,0,NULL,NULL,1796028654399,1796002692000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1240","shipping":"550","fee":"0","discount":"0","points":"0","total":"1790","currency":"JPY"}}','6c4caf2cc64778851f5a429e9fe0b9c1','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL);
INSERT INTO "orders" VALUES(17,1,'999999-20260914-0000001016','20000151','ready',0,0,NULL,NULL,1796028654399,1796003112000,1796101200000,1796101200000,0,'',0,1,4,'試験 花子','宮城県',0,'{"buyer":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3440","shipping":"550","fee":"0","discount":"0","points":"0","total":"3990","currency":"JPY"}}','350360807a1f7e09282729a04fa1d694','yamato_b2','takkyubin','','ambient',57,'2026-12-01','','',0,1,'4f218bc0477e10f6876af70f',NULL,0,NULL);
INSERT INTO "orders" VALUES(18,1,'999999-20260914-0000001017','20000161','received',1,0,NULL,NULL,1796028654399,1796003532000,1796101200000,1796101200000,0,'',0,1,1,'例題 一郎','広島県',0,'{"buyer":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1320","shipping":"550","fee":"0","discount":"0","points":"0","total":"1870","currency":"JPY"}}','2261b37e8475cefc637e7b65c25bad88','yamato_b2','takkyubin','','ambient',39,'2026-12-01','','',0,1,'5c1d4b550677740421c21f24',NULL,0,NULL);
INSERT INTO "orders" VALUES(19,1,'999999-20260914-0000001018','20000171','cancelled',0,0,NULL,NULL,1796028654399,1796003952000,NULL,253402300799000,0,'',0,1,2,'仮名 さくら','沖縄県',0,'{"buyer":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2700","shipping":"550","fee":"0","discount":"0","points":"0","total":"3250","currency":"JPY"}}','2df5e955dbc91707f8d64e7ef152f146','','','','ambient',0,'','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(20,1,'999999-20260914-0000001019','20000181','received',1,0,NULL,NULL,1796028654399,1796004372000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"550","fee":"0","discount":"0","points":"0","total":"2070","currency":"JPY"}}','27aca5768433c810a45a07245755f22c','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL);
INSERT INTO "orders" VALUES(21,1,'999999-20260914-0000001020','20000191','ready',0,0,NULL,NULL,1796028654399,1796004792000,1796101200000,1796101200000,0,'',0,1,6,'見本 あおい','香川県',0,'{"buyer":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6480","shipping":"0","fee":"0","discount":"0","points":"0","total":"6480","currency":"JPY"}}','fe16b24a76fcba2cb72f43d779a3ce89','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'55a9582c3248ac3c3d7a6a88',NULL,0,NULL);
INSERT INTO "orders" VALUES(22,1,'999999-20260914-0000001021','20000201','ready',0,0,NULL,NULL,1796028654399,1796005212000,1796101200000,1796101200000,0,'',0,2,4,'試作 洋子','東京都',0,'{"buyer":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3960","shipping":"550","fee":"0","discount":"0","points":"0","total":"4510","currency":"JPY"}}','d84d7f53681b99aa48aee49babbcd6e4','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'f066b2dbf3ce3f58b1bed2f3',NULL,0,NULL);
INSERT INTO "orders" VALUES(23,1,'999999-20260914-0000001022','20000211','ready',0,0,NULL,NULL,1796028654399,1796005632000,1796101200000,1796101200000,0,'',0,3,3,'例示 誠','大阪府',0,'{"buyer":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4410","shipping":"0","fee":"0","discount":"0","points":"0","total":"4410","currency":"JPY"}}','391711583ab7139041eec72d102960fb','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',0,1,'1033dcbd80a6886081f16015',NULL,0,NULL);
INSERT INTO "orders" VALUES(24,1,'999999-20260914-0000001023','20000221','received',1,0,NULL,NULL,1796028654399,1796006052000,1796101200000,1796101200000,-1,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1200","shipping":"550","fee":"0","discount":"0","points":"0","total":"1750","currency":"JPY"}}','ae7444e1dc936f3e29e166d93304897d','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL);
INSERT INTO "orders" VALUES(25,1,'999999-20260914-0000001024','20000231','ready',0,0,NULL,NULL,1796028654399,1796006472000,1796101200000,1796101200000,0,'',0,2,3,'空想 大輔','北海道',0,'{"buyer":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6440","shipping":"0","fee":"0","discount":"0","points":"0","total":"6440","currency":"JPY"}}','609bb0c344c43e1de3567e223e6a32e8','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'6b6ba2a5af78bb3e51ae1a8f',NULL,0,NULL);
INSERT INTO "orders" VALUES(26,1,'999999-20260914-0000001025','20000241','ready',0,0,NULL,NULL,1796028654399,1796010492000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','福岡県',0,'{"buyer":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1920","shipping":"550","fee":"0","discount":"0","points":"0","total":"2470","currency":"JPY"}}','15ca9ffb1fce34e9a6f1595617ba01ec','yamato_b2','takkyubin','','ambient',42,'2026-12-01','','',0,1,'185c1859825983786b3354ae',NULL,0,NULL);
INSERT INTO "orders" VALUES(27,2,'#1001','','released',0,1,1,6,1796028654436,1795996805000,1796101200000,1796101200000,0,'station-1',1796030454525,2,2,'例題 一郎','東京都',0,'{"buyer":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2760","shipping":"600","discount":"0","tax":"249","total":"3360","currency":"JPY"}}','0707fafe58c1ec775f14c5160b74a820','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'d924250a5e51e47a706705d1',NULL,0,NULL);
INSERT INTO "orders" VALUES(28,2,'#1002','','released',0,1,1,8,1796028654436,1795997465000,1796101200000,1796101200000,0,'',0,1,2,'例示 誠','北海道',0,'{"buyer":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','b67d06a685c97a48cb461f140fe4866a','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'d2b80cd9676a8765f0f571dc',NULL,0,NULL);
INSERT INTO "orders" VALUES(29,2,'#1003','','released',0,1,1,11,1796028654436,1795998125000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','広島県',0,'{"buyer":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','9dd6f4cfa31cd5b02a28a57e731ee1f2','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'84535e21802645e24042ddb6',NULL,0,NULL);
INSERT INTO "orders" VALUES(30,2,'#1004','','verified',0,1,1,1,1796028654436,1795998785000,1796101200000,1796101200000,0,'',0,2,3,'仮名 さくら','香川県',0,'{"buyer":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4140","shipping":"600","discount":"0","tax":"351","total":"4740","currency":"JPY"}}','471507cca230e8ea7d4dc4d5fd349b38','yamato_b2','takkyubin','','ambient',34,'2026-12-01','','',0,1,'67814a0045a9edfc88f234ce',NULL,0,NULL);
INSERT INTO "orders" VALUES(31,2,'#1005','','received',2,0,NULL,NULL,1796028654436,1795999445000,1796101200000,1796101200000,0,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"note":"ギフト用の紙袋を1枚つけてください。","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1350","shipping":"600","discount":"0","tax":"144","total":"1950","currency":"JPY"}}','029eadd732634b4f2eedbae7cd5df155','yamato_b2','takkyubin','','ambient',23,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL);
INSERT INTO "orders" VALUES(32,2,'#1006','','cancelled',0,0,NULL,NULL,1796028654436,1796003705000,NULL,253402300799000,0,'',0,3,3,'例井 直樹','宮城県',0,'{"buyer":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"ship_to":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3150","shipping":"600","discount":"0","tax":"278","total":"3750","currency":"JPY"}}','ff996bb5076e41970a4a2b589d01cfee','','','','ambient',0,'','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(33,2,'#1007','','received',1,0,NULL,NULL,1796028654436,1796000765000,1796101200000,1796101200000,0,'',0,1,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"note":"","payment":"Bank Deposit","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1960","shipping":"600","discount":"0","tax":"190","total":"2560","currency":"JPY"}}','020760a26552d1b8dcf11af31591d948','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL);
INSERT INTO "orders" VALUES(34,2,'#1008','','received',1,0,NULL,NULL,1796028654436,1796001425000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','大阪府',0,'{"buyer":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"600","discount":"0","tax":"213","total":"2880","currency":"JPY"}}','9ed1ae600d280800ea889cbc77d9a254','yamato_b2','takkyubin','','ambient',25,'2026-12-01','','',0,1,'42555dbaad1f1a8b8b41bdd4',NULL,0,NULL);
INSERT INTO "orders" VALUES(35,2,'#1009','','received',1,0,NULL,NULL,1796028654436,1796002085000,1796274000000,1796274000000,0,'',0,2,3,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"配達希望日: 2026-12-05\n時間帯: 18-20時","totals":{"subtotal":"1860","shipping":"600","discount":"0","tax":"182","total":"2460","currency":"JPY"}}','2a75c017030cda7fe696d0fc2668de03','yamato_b2','takkyubin','','ambient',46,'2026-12-03','2026-12-05','18-20',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL);
INSERT INTO "orders" VALUES(36,2,'#1010','','ready',0,0,NULL,NULL,1796028654436,1796002745000,1796101200000,1796101200000,0,'',0,2,2,'見本 あおい','沖縄県',0,'{"buyer":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"note":"","payment":"Cash on Delivery (COD)","cod_amount":"2660","delivery":"宅配便","wish":"","totals":{"subtotal":"2060","shipping":"600","discount":"0","tax":"197","total":"2660","currency":"JPY"}}','b316c4c0e751eac8605d94b5693e7e5d','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',2660,1,'96596ea9a3f1bdb61635e3d0',NULL,0,NULL);
INSERT INTO "orders" VALUES(37,2,'#1011','','received',1,0,NULL,NULL,1796028654436,1796007005000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','東京都',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"メッセージ: おめでとうございます","totals":{"subtotal":"5210","shipping":"600","discount":"0","tax":"430","total":"5810","currency":"JPY"}}','21931ff22217602a658068362ebd0f26','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'0e89d438c3b79d720a1613f5',NULL,0,NULL);
INSERT INTO "orders" VALUES(38,2,'#1012','','ready',0,0,NULL,NULL,1796028654436,1796004065000,1796101200000,1796101200000,0,'',0,1,3,'試験 花子','北海道',0,'{"buyer":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4440","shipping":"600","discount":"0","tax":"373","total":"5040","currency":"JPY"}}','464b622a76f78db5aacf7e316c1c01e2','yamato_b2','takkyubin','','ambient',51,'2026-12-01','','',0,1,'41ae3eb8734474b2c84ee28e',NULL,0,NULL);
INSERT INTO "orders" VALUES(39,2,'#1013','','ready',0,0,NULL,NULL,1796028654436,1796004725000,1796101200000,1796101200000,0,'',0,1,1,'試作 洋子','広島県',0,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"760","shipping":"600","discount":"0","tax":"101","total":"1360","currency":"JPY"}}','df59b49bd600587f1f865d820a2a0404','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'851ab0d10ed962a3c8f824af',NULL,0,NULL);
INSERT INTO "orders" VALUES(40,2,'#1014','','ready',0,0,NULL,NULL,1796028654436,1796005385000,1796101200000,1796101200000,0,'',0,1,5,'見本田 光','香川県',0,'{"buyer":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4950","shipping":"600","discount":"0","tax":"411","total":"5550","currency":"JPY"}}','ea8d3af07d6cdf69657b6f79d7053cf6','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'fdff1eef3adca704cd87d346',NULL,0,NULL);
INSERT INTO "orders" VALUES(41,2,'#1015','','received',1,0,NULL,NULL,1796028654436,1796006045000,1796101200000,1796101200000,0,'',0,2,3,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2200","shipping":"600","discount":"0","tax":"207","total":"2800","currency":"JPY"}}','44d34ecdb16e1fc5ce2ba51ea31f93db','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL);
INSERT INTO "orders" VALUES(42,2,'#1016','','ready',0,0,NULL,NULL,1796028654436,1796010305000,1796101200000,1796101200000,0,'',0,2,2,'例示 誠','宮城県',0,'{"buyer":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"600","discount":"0","tax":"157","total":"2120","currency":"JPY"}}','d8434e748b339b9a3738b4f59918bc23','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'6eccd1318a9943f4001b6dda',NULL,0,NULL);
INSERT INTO "orders" VALUES(43,2,'#1017','','received',2,0,NULL,NULL,1796028654436,1796010965000,1796101200000,1796101200000,0,'',0,1,2,'Example Person','',0,'{"buyer":{"name":"試谷 恵","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1016","country":"JP"},"ship_to":{"name":"Example Person","postcode":"ZZ1 1ZZ","city":"Exampleville","street":"1 Sample Street","phone":"+44 0000 000000","country":"GB"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2640","shipping":"600","discount":"0","tax":"240","total":"3240","currency":"JPY"}}','1bf981582099d718e3d8b3a703486181','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'',NULL,0,NULL);
INSERT INTO "orders" VALUES(44,2,'#1019','','ready',0,0,NULL,NULL,1796028654436,1796008685000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','福岡県',0,'{"buyer":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2400","shipping":"600","discount":"0","tax":"222","total":"3000","currency":"JPY"}}','0db49e4af13690fa00e250947002879e','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'dcf93b576ae4de6d4fa64c87',NULL,0,NULL);
INSERT INTO "orders" VALUES(45,2,'#1020','','ready',0,0,NULL,NULL,1796028654436,1796009345000,1796101200000,1796101200000,0,'',0,2,4,'株式会社かくう 例井 直樹','沖縄県',0,'{"buyer":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"ship_to":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3040","shipping":"600","discount":"0","tax":"270","total":"3640","currency":"JPY"}}','b2434939edfa58b6c601e32212fcbefa','yamato_b2','takkyubin','','ambient',56,'2026-12-01','','',0,1,'d4d22dcef4248c4111c315dd',NULL,0,NULL);
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
INSERT INTO "parcels" VALUES(1,30,1,'closed','station-1',1796028654500,1796028654509,'','1-001-1',NULL);
INSERT INTO "parcels" VALUES(2,7,1,'closed','station-1',1796028654511,1796028654515,'','1-002-1',NULL);
INSERT INTO "parcels" VALUES(3,1,1,'closed','station-1',1796028654516,1796028654517,'','1-003-1',NULL);
INSERT INTO "parcels" VALUES(4,2,1,'closed','station-1',1796028654519,1796028654523,'','1-004-1',NULL);
INSERT INTO "parcels" VALUES(5,27,1,'open','station-1',1796028654525,NULL,'','1-006-1',NULL);
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
INSERT INTO "print_jobs" VALUES(1,'a65b162f-af52-4463-872d-c5665c49a71d',1796028654471,'station-1','pick_list',NULL,1,0,'','waiting',0,0,'','');
INSERT INTO "print_jobs" VALUES(2,'a65b162f-af52-4463-872d-c5665c49a71d',1796028654471,'station-1','slips',NULL,1,0,'','waiting',0,0,'','');
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
	lot_policy VARCHAR DEFAULT 'none' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, on_sale_from VARCHAR(10) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT uq_products_sku UNIQUE (sku)
);
INSERT INTO "products" VALUES(1,'MAT-050','mat-050','有機抹茶パウダー 50g','Organic matcha powder 50 g','04599990001013',62,140,90,20,'/opt/kenpin/resources/demo/pictures/MAT-050.png','A-01-01','lot_expiry','ambient','');
INSERT INTO "products" VALUES(2,'MAT-100','mat-100','有機抹茶パウダー 100g','Organic matcha powder 100 g','04599990001020',114,170,110,25,'/opt/kenpin/resources/demo/pictures/MAT-100.png','A-01-02','lot_expiry','ambient','');
INSERT INTO "products" VALUES(3,'HOJ-080','hoj-080','深煎りほうじ茶 80g','Dark roasted hojicha 80 g','04599990001112',92,210,120,40,'/opt/kenpin/resources/demo/pictures/HOJ-080.png','A-01-03','expiry','ambient','');
INSERT INTO "products" VALUES(4,'HOJ-T20','hoj-t20','深煎りほうじ茶 ティーバッグ 20袋','Dark roasted hojicha, 20 tea bags','04599990001129',66,150,100,70,'/opt/kenpin/resources/demo/pictures/HOJ-T20.png','A-01-04','expiry','ambient','');
INSERT INTO "products" VALUES(5,'SEN-100','sen-100','朝露せんちゃ 100g','Asatsuyu sencha 100 g','04599990001136',112,210,120,40,'/opt/kenpin/resources/demo/pictures/SEN-100.png','A-02-01','none','ambient','');
INSERT INTO "products" VALUES(6,'GEN-200','gen-200','玄米茶 ふくろう印 200g','Owl genmaicha 200 g','04599990001143',214,240,130,50,'/opt/kenpin/resources/demo/pictures/GEN-200.png','A-02-02','none','ambient','');
INSERT INTO "products" VALUES(7,'COF-MED','cof-med','みさき珈琲 豆 中煎り 200g','Misaki coffee beans, medium roast 200 g','04599990002010',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-MED.png','A-02-03','expiry','ambient','');
INSERT INTO "products" VALUES(8,'COF-DRK','cof-drk','みさき珈琲 豆 深煎り 200g','Misaki coffee beans, dark roast 200 g','04599990002027',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-DRK.png','A-02-04','expiry','ambient','');
INSERT INTO "products" VALUES(9,'COF-DRP','cof-drp','みさき珈琲 ドリップ 10袋','Misaki drip coffee, 10 bags','04599990002034',120,180,130,60,'/opt/kenpin/resources/demo/pictures/COF-DRP.png','A-03-01','none','ambient','');
INSERT INTO "products" VALUES(10,'YUZ-150','yuz-150','ゆずしお 150g','Yuzu salt 150 g','04599990003017',260,60,60,110,'/opt/kenpin/resources/demo/pictures/YUZ-150.png','A-03-02','none','ambient','');
INSERT INTO "products" VALUES(11,'YUZ-300','yuz-300','ゆずしお 300g','Yuzu salt 300 g','04599990003024',470,75,75,130,'/opt/kenpin/resources/demo/pictures/YUZ-300.png','A-03-03','none','ambient','');
INSERT INTO "products" VALUES(12,'MIS-AKA','mis-aka','ひなた味噌 赤 500g','Hinata miso, red 500 g','04599990003116',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-AKA.png','A-03-04','expiry','ambient','');
INSERT INTO "products" VALUES(13,'MIS-SHI','mis-shi','ひなた味噌 白 500g','Hinata miso, white 500 g','04599990003123',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-SHI.png','A-04-01','expiry','ambient','');
INSERT INTO "products" VALUES(14,'SHO-300','sho-300','こいくちしょうゆ くじら 300ml','Kujira soy sauce 300 ml','04599990003215',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-300.png','A-04-02','none','ambient','');
INSERT INTO "products" VALUES(15,'SHO-USU','sho-usu','うすくちしょうゆ くじら 300ml','Kujira light soy sauce 300 ml','04599990003222',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-USU.png','A-04-03','none','ambient','');
INSERT INTO "products" VALUES(16,'HON-180','hon-180','れんげはちみつ 180g','Milk vetch honey 180 g','04599990003314',330,65,65,95,'/opt/kenpin/resources/demo/pictures/HON-180.png','A-04-04','none','ambient','');
INSERT INTO "products" VALUES(17,'JAM-ICH','jam-ich','いちごジャム 木苺舎 150g','Strawberry jam 150 g','04599990003413',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-ICH.png','B-01-01','none','ambient','');
INSERT INTO "products" VALUES(18,'JAM-BLU','jam-blu','ブルーベリージャム 木苺舎 150g','Blueberry jam 150 g','04599990003420',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-BLU.png','B-01-02','none','ambient','');
INSERT INTO "products" VALUES(19,'CUP-BLU','cup-blu','湯のみ なみ紋 青','Tea cup, wave pattern, blue','04599990004014',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-BLU.png','B-01-03','none','ambient','');
INSERT INTO "products" VALUES(20,'CUP-RED','cup-red','湯のみ なみ紋 赤','Tea cup, wave pattern, red','04599990004021',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-RED.png','B-01-04','none','ambient','');
INSERT INTO "products" VALUES(21,'TOW-IND','tow-ind','てぬぐい 千鳥 藍','Towel, plovers, indigo','04599990004113',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-IND.png','B-02-01','none','ambient','');
INSERT INTO "products" VALUES(22,'TOW-SAK','tow-sak','てぬぐい 千鳥 桜','Towel, plovers, cherry','04599990004120',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-SAK.png','B-02-02','none','ambient','');
INSERT INTO "products" VALUES(23,'FUR-045','fur-045','ふろしき 45cm 市松','Wrapping cloth 45 cm','04599990004212',58,220,160,10,'/opt/kenpin/resources/demo/pictures/FUR-045.png','B-02-03','none','ambient','');
INSERT INTO "products" VALUES(24,'CHA-SEN','cha-sen','茶せん 八十本立','Tea whisk, 80 prongs','04599990004311',38,75,75,125,'/opt/kenpin/resources/demo/pictures/CHA-SEN.png','B-02-04','none','ambient','');
INSERT INTO "products" VALUES(25,'TIM-001','tim-001','砂時計 3分 木枠','Sand timer, 3 minutes','04599990004410',165,70,70,120,'/opt/kenpin/resources/demo/pictures/TIM-001.png','B-03-01','serial','ambient','');
INSERT INTO "products" VALUES(26,'GFT-BOX','gft-box','ギフト箱 中（包装つき）','Gift box, medium','',140,260,200,90,'/opt/kenpin/resources/demo/pictures/GFT-BOX.png','B-03-02','none','ambient','');
CREATE TABLE promised (
	product_id INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_promised PRIMARY KEY (product_id), 
	CONSTRAINT fk_promised_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "promised" VALUES(1,8);
INSERT INTO "promised" VALUES(2,2);
INSERT INTO "promised" VALUES(3,2);
INSERT INTO "promised" VALUES(4,3);
INSERT INTO "promised" VALUES(5,6);
INSERT INTO "promised" VALUES(6,6);
INSERT INTO "promised" VALUES(7,2);
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
INSERT INTO "promised" VALUES(22,9);
INSERT INTO "promised" VALUES(23,5);
INSERT INTO "promised" VALUES(24,2);
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
	seen_at BIGINT DEFAULT 0 NOT NULL, off_by SMALLINT DEFAULT 0 NOT NULL, off_order INTEGER, 
	CONSTRAINT pk_stations PRIMARY KEY (name)
);
INSERT INTO "stations" VALUES('station-1',51,'87c90da6d13714af5b9227fa006cae9e7f5edf0c3d9309225b1a98862731c9ad',27,5,1,'','code.unknown','refused','04900000000009',1796028654528,0,NULL);
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
	undone VARCHAR DEFAULT '' NOT NULL, waybill_id INTEGER, 
	CONSTRAINT pk_steps PRIMARY KEY (id), 
	CONSTRAINT fk_steps_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_steps_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcels (id)
);
INSERT INTO "steps" VALUES(1,30,1,'sample-2','pack',52,2,'04599990001020',1,'','shelf:A-01-02','','',NULL);
INSERT INTO "steps" VALUES(2,30,1,'sample-3','pack',53,1,'04599990001013',1,'','shelf:A-01-01','','',NULL);
INSERT INTO "steps" VALUES(3,30,1,'sample-4','pack',53,1,'04599990001013',1,'','shelf:A-01-01','','',NULL);
INSERT INTO "steps" VALUES(4,30,1,'sample-5','attach',NULL,NULL,'668646212861',0,'','','','',1);
INSERT INTO "steps" VALUES(5,30,1,'sample-5','close',NULL,NULL,'',0,'','','','',NULL);
INSERT INTO "steps" VALUES(6,7,2,'sample-7','pack',11,1,'04599990001013',1,'','shelf:A-01-01','','',NULL);
INSERT INTO "steps" VALUES(7,7,2,'sample-8','pack',12,2,'04599990001020',1,'','shelf:A-01-02','','',NULL);
INSERT INTO "steps" VALUES(8,7,2,'sample-9','attach',NULL,NULL,'321266637451',0,'','','','',2);
INSERT INTO "steps" VALUES(9,7,2,'sample-9','close',NULL,NULL,'',0,'','','','',NULL);
INSERT INTO "steps" VALUES(10,1,3,'sample-11','pack',1,1,'04599990001013',1,'','shelf:A-01-01','','',NULL);
INSERT INTO "steps" VALUES(11,1,3,'sample-12','pack',2,24,'04599990004311',1,'','shelf:B-02-04','','',NULL);
INSERT INTO "steps" VALUES(12,1,3,'sample-13','attach',NULL,NULL,'980327100863',0,'','','','',3);
INSERT INTO "steps" VALUES(13,1,3,'sample-13','close',NULL,NULL,'',0,'','','','',NULL);
INSERT INTO "steps" VALUES(14,2,4,'sample-15','pack',3,2,'04599990001020',1,'','shelf:A-01-02','','',NULL);
INSERT INTO "steps" VALUES(15,2,4,'sample-20','attach',NULL,NULL,'174685830384',0,'','','','',4);
INSERT INTO "steps" VALUES(16,2,4,'sample-20','close',NULL,NULL,'',0,'','','','',NULL);
INSERT INTO "steps" VALUES(17,27,5,'sample-23','pack',46,7,'04599990002010',1,'','shelf:A-02-03','','',NULL);
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
INSERT INTO "tallies" VALUES('station-1',2,'released',-1);
INSERT INTO "tallies" VALUES('station-1',2,'verified',1);
INSERT INTO "tallies" VALUES('station-1',1,'released',-3);
INSERT INTO "tallies" VALUES('station-1',1,'verified',3);
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
INSERT INTO "waybills" VALUES(1,30,1,1,1,1,'1-001-1',1,1,'yamato_b2','takkyubin',0,'attached','668646212861',0,NULL,'',0,1,1,1,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(2,7,1,2,1,1,'1-002-1',1,1,'yamato_b2','takkyubin',0,'attached','321266637451',0,NULL,'',0,1,2,2,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(3,1,1,3,1,1,'1-003-1',1,1,'yamato_b2','takkyubin',0,'attached','980327100863',0,NULL,'',0,1,3,3,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(4,2,1,4,1,1,'1-004-1',1,1,'yamato_b2','takkyubin',0,'attached','174685830384',0,NULL,'',0,1,4,4,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(5,5,1,5,1,1,'1-005-1',1,1,'yamato_b2','takkyubin',0,'numbered','712975429854',0,NULL,'',0,1,5,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(6,27,1,6,1,1,'1-006-1',1,1,'yamato_b2','takkyubin',0,'numbered','750620581852',0,NULL,'',0,1,6,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(7,6,1,7,1,1,'1-007-1',1,1,'yamato_b2','takkyubin',0,'numbered','721201057710',0,NULL,'',0,1,7,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(8,28,1,8,1,1,'1-008-1',1,1,'yamato_b2','takkyubin',0,'numbered','888088678050',0,NULL,'',0,1,8,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(9,8,1,9,1,1,'1-009-1',1,1,'yamato_b2','takkyubin',0,'numbered','747546256870',0,NULL,'',0,1,9,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(10,11,1,10,1,1,'1-010-1',1,1,'yamato_b2','takkyubin',0,'numbered','645536476771',0,NULL,'',0,1,10,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(11,29,1,11,1,1,'1-011-1',1,1,'yamato_b2','takkyubin',0,'numbered','599486545523',0,NULL,'',0,1,11,NULL,1796028654471,1796028654489);
INSERT INTO "waybills" VALUES(12,12,1,12,1,1,'1-012-1',1,1,'yamato_b2','takkyubin',0,'numbered','433550559260',0,NULL,'',0,1,12,NULL,1796028654471,1796028654489);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batches',1);
COMMIT;
