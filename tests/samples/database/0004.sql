BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
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
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','M260701',84);
INSERT INTO "balances" VALUES(1,'supplier','M260701',-84);
INSERT INTO "balances" VALUES(2,'shelf:A-01-02','M260702',60);
INSERT INTO "balances" VALUES(2,'supplier','M260702',-60);
INSERT INTO "balances" VALUES(3,'shelf:A-01-03','2027-06-17',48);
INSERT INTO "balances" VALUES(3,'supplier','2027-06-17',-48);
INSERT INTO "balances" VALUES(4,'shelf:A-01-04','2027-08-17',72);
INSERT INTO "balances" VALUES(4,'supplier','2027-08-17',-72);
INSERT INTO "balances" VALUES(5,'picked:36','',1);
INSERT INTO "balances" VALUES(5,'picked:44','',2);
INSERT INTO "balances" VALUES(5,'shelf:A-02-01','',52);
INSERT INTO "balances" VALUES(5,'supplier','',-55);
INSERT INTO "balances" VALUES(6,'picked:17','',4);
INSERT INTO "balances" VALUES(6,'picked:36','',1);
INSERT INTO "balances" VALUES(6,'shelf:A-02-02','',35);
INSERT INTO "balances" VALUES(6,'supplier','',-40);
INSERT INTO "balances" VALUES(7,'shelf:A-02-03','2027-05-17',36);
INSERT INTO "balances" VALUES(7,'supplier','2027-05-17',-36);
INSERT INTO "balances" VALUES(8,'shelf:A-02-04','2027-06-01',36);
INSERT INTO "balances" VALUES(8,'supplier','2027-06-01',-36);
INSERT INTO "balances" VALUES(9,'shelf:A-03-01','',90);
INSERT INTO "balances" VALUES(9,'supplier','',-90);
INSERT INTO "balances" VALUES(10,'shelf:A-03-02','',44);
INSERT INTO "balances" VALUES(10,'supplier','',-44);
INSERT INTO "balances" VALUES(11,'shelf:A-03-03','',30);
INSERT INTO "balances" VALUES(11,'supplier','',-30);
INSERT INTO "balances" VALUES(12,'shelf:A-03-04','2027-07-17',42);
INSERT INTO "balances" VALUES(12,'supplier','2027-07-17',-42);
INSERT INTO "balances" VALUES(13,'shelf:A-04-01','2027-08-01',42);
INSERT INTO "balances" VALUES(13,'supplier','2027-08-01',-42);
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
INSERT INTO "balances" VALUES(19,'parcel:3','',1);
INSERT INTO "balances" VALUES(19,'shelf:B-01-03','',19);
INSERT INTO "balances" VALUES(19,'supplier','',-20);
INSERT INTO "balances" VALUES(20,'shelf:B-01-04','',20);
INSERT INTO "balances" VALUES(20,'supplier','',-20);
INSERT INTO "balances" VALUES(21,'parcel:2','',1);
INSERT INTO "balances" VALUES(21,'shelf:B-02-01','',69);
INSERT INTO "balances" VALUES(21,'supplier','',-70);
INSERT INTO "balances" VALUES(22,'parcel:1','',1);
INSERT INTO "balances" VALUES(22,'parcel:2','',1);
INSERT INTO "balances" VALUES(22,'shelf:B-02-02','',68);
INSERT INTO "balances" VALUES(22,'supplier','',-70);
INSERT INTO "balances" VALUES(23,'parcel:1','',1);
INSERT INTO "balances" VALUES(23,'parcel:2','',1);
INSERT INTO "balances" VALUES(23,'shelf:B-02-03','',33);
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
INSERT INTO "batches" VALUES(1,1796052741914,'9e787780-738c-4055-8226-0ec83aefe232','office',NULL,12);
INSERT INTO "batches" VALUES(2,1796052742105,'ee850332-36ab-42a0-9398-e8d1e2d88c55','office',NULL,6);
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
CREATE TABLE containers (
	kind VARCHAR(8) NOT NULL, 
	code VARCHAR NOT NULL, 
	within VARCHAR DEFAULT '' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	job_id INTEGER, 
	order_id INTEGER, 
	taken_at BIGINT, 
	CONSTRAINT pk_containers PRIMARY KEY (kind, code)
);
INSERT INTO "containers" VALUES('tote','2-1-1','',1,1,44,1796052742203);
INSERT INTO "containers" VALUES('tote','2-1-2','',2,1,36,1796052742210);
INSERT INTO "containers" VALUES('tote','2-1-3','',3,1,17,1796052742213);
INSERT INTO "containers" VALUES('tote','2-1-4','',4,1,42,1796052742216);
INSERT INTO "containers" VALUES('tote','2-1-5','',5,1,16,1796052742217);
INSERT INTO "containers" VALUES('tote','2-1-6','',6,1,22,1796052742221);
CREATE TABLE counts (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	product_id INTEGER NOT NULL, 
	shelf VARCHAR NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	job_id INTEGER, 
	person_id INTEGER, 
	done_at BIGINT, 
	counted INTEGER, 
	CONSTRAINT pk_counts PRIMARY KEY (id), 
	CONSTRAINT fk_counts_product_id_products FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "counts" VALUES(1,'dd665318-df12-4dd6-acd0-3acdb15ba68d',1796052742276,10,'A-03-02','short',1,4,NULL,NULL);
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
INSERT INTO "exports" VALUES(1,'064e0274-d416-44b5-925c-456d94eba013',1796052741941,'office',1,'yamato_b2',NULL,'yamato_b2_1_20261201-003221.csv','305f93279356af6b19840b5a033145f40642179dc227f8d786e78cbaddfe8349',12,'','written',NULL);
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
INSERT INTO "holds" VALUES(4,'date_ahead','2026-12-03',1796052741706,NULL);
INSERT INTO "holds" VALUES(10,'date_ahead','2026-12-06',1796052741706,NULL);
INSERT INTO "holds" VALUES(13,'remark','',1796052741706,NULL);
INSERT INTO "holds" VALUES(14,'remark','2026-12-06(土) 午前中',1796052741706,NULL);
INSERT INTO "holds" VALUES(15,'address_awaited','',1796052741706,NULL);
INSERT INTO "holds" VALUES(18,'unpaid','',1796052741706,NULL);
INSERT INTO "holds" VALUES(20,'unpaid','',1796052741706,NULL);
INSERT INTO "holds" VALUES(31,'remark','',1796052741815,NULL);
INSERT INTO "holds" VALUES(33,'unpaid','',1796052741815,NULL);
INSERT INTO "holds" VALUES(34,'unknown_product','',1796052741815,NULL);
INSERT INTO "holds" VALUES(35,'date_ahead','2026-12-04',1796052741815,NULL);
INSERT INTO "holds" VALUES(37,'remark','メッセージ: おめでとうございます',1796052741815,NULL);
INSERT INTO "holds" VALUES(43,'bad_address','[["fault.abroad","to.country",{"value":"GB"}],["fault.bad_postcode","to.postcode",{"value":"ZZ1 1ZZ"}]]',1796052741815,NULL);
INSERT INTO "holds" VALUES(43,'missing_phone','[["fault.bad_phone","to.phone",{"value":"+440000000000"}]]',1796052741815,NULL);
INSERT INTO "holds" VALUES(3,'merge_proposed','#1015',1796052741840,NULL);
INSERT INTO "holds" VALUES(24,'merge_proposed','#1005',1796052741840,NULL);
INSERT INTO "holds" VALUES(31,'merge_proposed','999999-20260914-0000001023',1796052741840,NULL);
INSERT INTO "holds" VALUES(41,'merge_proposed','999999-20260914-0000001003',1796052741840,NULL);
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
INSERT INTO "imports" VALUES(1,'833f4b4d-a48a-459a-ac01-92b9433e37c8',1796052741774,'rakuten.csv','91faee6a8586262476c6e16c533eaa690653a0404200c7e6cdb063b03f8d51af','rakuten','見本商店 楽天市場店','{"added": 25, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 7, "flagged": 0, "gone": 0, "lines": 44, "problems": 5, "newest": 1796096892000}','orders',0);
INSERT INTO "imports" VALUES(2,'44c14f7d-754d-4f1f-8a6d-f2b4be3d3694',1796052741836,'shopify.csv','d8ca1e2c9d77b04a55d38aa355936b597b2eca1b769f03c90862b0c1dbd29b05','shopify','見本商店 公式オンラインストア','{"added": 18, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 6, "flagged": 0, "gone": 0, "lines": 31, "problems": 4, "newest": 1796097365000}','orders',0);
INSERT INTO "imports" VALUES(3,'82e4a769-0a42-4992-93f9-8c929defa85e',1796052741968,'numbers_yamato_b2_1_20261201-003221.csv','198eaa5f70a811f9a5328ba43c1fbc23c574542cd3f64e702a66f46bb454ae92','yamato_b2','','{"rows": 12, "numbered": 12, "same": 0, "accepted": 0, "rejected": 0, "refused": 0, "missing": 0}','numbers',0);
CREATE TABLE jobs (
	id INTEGER NOT NULL, 
	batch BIGINT NOT NULL, 
	sequence INTEGER NOT NULL, 
	mode VARCHAR(16) NOT NULL, 
	state VARCHAR(12) DEFAULT 'waiting' NOT NULL, 
	stage VARCHAR(8) DEFAULT 'pick' NOT NULL, 
	zone VARCHAR DEFAULT '' NOT NULL, 
	after_id INTEGER, 
	blocked SMALLINT DEFAULT 0 NOT NULL, 
	due BIGINT NOT NULL, 
	holder VARCHAR DEFAULT '' NOT NULL, 
	lease_until BIGINT DEFAULT 0 NOT NULL, 
	person_id INTEGER, 
	cart VARCHAR DEFAULT '' NOT NULL, 
	slots INTEGER DEFAULT 0 NOT NULL, 
	totes TEXT DEFAULT '{}' NOT NULL, 
	shelf VARCHAR DEFAULT '' NOT NULL, 
	hand TEXT DEFAULT '' NOT NULL, 
	rules TEXT DEFAULT '{}' NOT NULL, 
	walk TEXT DEFAULT '{}' NOT NULL, 
	lines INTEGER DEFAULT 0 NOT NULL, 
	pieces INTEGER DEFAULT 0 NOT NULL, 
	done INTEGER DEFAULT 0 NOT NULL, 
	short INTEGER DEFAULT 0 NOT NULL, 
	started_at BIGINT, 
	done_at BIGINT, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT uq_jobs_batch_sequence UNIQUE (batch, sequence)
);
INSERT INTO "jobs" VALUES(1,2,1,'cart','active','pick','',NULL,0,1796101200000,'cart-1',1796054542286,4,'',6,'{"1": ["2-1-1"], "2": ["2-1-2"], "3": ["2-1-3"], "4": ["2-1-4"], "5": ["2-1-5"], "6": ["2-1-6"]}','A-03-03','{"pick": 7, "quantity": 1, "code": "4599990003024", "lot": "", "expiry": "", "shelf": "A-03-03"}','{"shelf": "required", "scan": "unit"}','{"points":[[0.0,-1.0]],"stops":[],"metres":0.0,"s_shape":0.0,"return":0.0,"largest_gap":0.0,"combined":0.0,"method":"exact","saved":0.0,"without_place":["A-02-01","A-02-02","A-03-02","A-03-03","A-04-02","A-04-03","B-02-01","B-02-02"],"unreachable":[],"seconds":96,"litres":14.4,"kg":3.36}',11,16,8,1,1796052742195,NULL);
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
INSERT INTO "journal" VALUES(1,'4cc8db48-b32a-420b-b391-f517b1209285','office',1,1796052741362,NULL,NULL,'settings','','settings','ok','{}','{"shop.name":"見本商店","shop.postcode":"100-0000","shop.address":"東京都架空区見本町1-2-3 見本ビル1階","shop.phone":"03-0000-0000","shop.email":"shop@example.com","shop.registration":"T0000000000000","carrier.default":"yamato_b2/takkyubin","ship.origin":"東京都","release.at_open":"off","intake.max_age":"0","shop.language":"ja"}','','3e584cff60064e54ce8892bd894ea4d938d6c0907f28f11ed9cb6301ce149d1b');
INSERT INTO "journal" VALUES(2,'7cd1a242-9d42-44b3-a247-86cb4466f7ca','office',2,1796052741368,NULL,NULL,'people','','people','ok','{}','{"person":1,"role":"leader"}','3e584cff60064e54ce8892bd894ea4d938d6c0907f28f11ed9cb6301ce149d1b','f41310d66756ab576aabbbe3cece77ef304526ed31e4fabac45235d68a0f47b1');
INSERT INTO "journal" VALUES(3,'2b912805-e3f2-4309-bf6d-52157b739db4','office',3,1796052741371,NULL,NULL,'people','','people','ok','{}','{"person":2,"role":"packer"}','f41310d66756ab576aabbbe3cece77ef304526ed31e4fabac45235d68a0f47b1','ad67cd83ed99619b261ca6b533efed5f5c3c7d74a886bf956326707f2792cdce');
INSERT INTO "journal" VALUES(4,'ca9a8644-d9d9-4d96-906e-2917cb4dab68','office',4,1796052741374,NULL,NULL,'people','','people','ok','{}','{"person":3,"role":"packer"}','ad67cd83ed99619b261ca6b533efed5f5c3c7d74a886bf956326707f2792cdce','97151726edfe1c5ea1f4591ef5f6bea9b0617194c9ac149ba291bf42624ef48f');
INSERT INTO "journal" VALUES(5,'e583faf9-bc70-47fb-9dfe-26c15f093d6f','office',5,1796052741376,NULL,NULL,'people','','people','ok','{}','{"person":4,"role":"picker"}','97151726edfe1c5ea1f4591ef5f6bea9b0617194c9ac149ba291bf42624ef48f','1de305e5aab5fb3096492b57ad82f4bba483b744105908833d760ebaa4d1e5b4');
INSERT INTO "journal" VALUES(6,'cf305529-2b16-4523-9b92-5e62b51c8eb5','office',6,1796052741378,NULL,NULL,'people','','people','ok','{}','{"person":5,"role":"office"}','1de305e5aab5fb3096492b57ad82f4bba483b744105908833d760ebaa4d1e5b4','7e89e12f943dd756a36f7e16dcec97f11fb20efd69a3d60199ef702fd9813a29');
INSERT INTO "journal" VALUES(7,'e788bee9-ca26-40b5-9c9b-1ca6d068bacf','office',7,1796052741406,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["14:00","17:00"],"carrier":"yamato_b2"}','7e89e12f943dd756a36f7e16dcec97f11fb20efd69a3d60199ef702fd9813a29','de4304c6195a5ef15d7fb86d30ef900dcb6676752be3c7ec5b2bd0a6332f522b');
INSERT INTO "journal" VALUES(8,'989bec22-82fa-4639-8d1f-251ce7001e87','office',8,1796052741408,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["15:30"],"carrier":"sagawa_e3"}','de4304c6195a5ef15d7fb86d30ef900dcb6676752be3c7ec5b2bd0a6332f522b','72d362bdd5274071e4a3cac8b61a8b96f39666d98d7502405153ea59baa42ec9');
INSERT INTO "journal" VALUES(9,'08575cc3-1614-4010-a2b2-6a5701aaf131','office',9,1796052741409,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"yamato_b2","shop":0}','72d362bdd5274071e4a3cac8b61a8b96f39666d98d7502405153ea59baa42ec9','f347d6c6dd70777aeda8bff99a2692a041d8b68a52549841b9ef7472b3572300');
INSERT INTO "journal" VALUES(10,'4582be67-3e70-4be1-bc7c-95ca0623bb48','office',10,1796052741413,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"sagawa_e3","shop":0}','f347d6c6dd70777aeda8bff99a2692a041d8b68a52549841b9ef7472b3572300','498df39f22f6bc8766c99fc448000863ff9a960002e312566e9900f3991407f7');
INSERT INTO "journal" VALUES(11,'af050507-847e-4611-8101-a2496ad85510','office',11,1796052741416,NULL,NULL,'carriers','','carriers','ok','{}','{"lead_times":{"file":"lead_times.csv","rows":94,"carriers":["yamato_b2","sagawa_e3"]}}','498df39f22f6bc8766c99fc448000863ff9a960002e312566e9900f3991407f7','50088ee95dbfd9d6bbf2cff0a143b79caf395e50629e82114c04753d8764730c');
INSERT INTO "journal" VALUES(12,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42','office',12,1796052741433,NULL,NULL,'products','','products','ok','{}','{"file":"products.csv","skus":["MAT-050","MAT-100","HOJ-080","HOJ-T20","SEN-100","GEN-200","COF-MED","COF-DRK","COF-DRP","YUZ-150","YUZ-300","MIS-AKA","MIS-SHI","SHO-300","SHO-USU","HON-180","JAM-ICH","JAM-BLU","CUP-BLU","CUP-RED","TOW-IND","TOW-SAK","FUR-045","CHA-SEN","TIM-001","GFT-BOX"]}','50088ee95dbfd9d6bbf2cff0a143b79caf395e50629e82114c04753d8764730c','4478d79ad4e63e9fd2d340b50586f748074f5d77efc6e491b0c3ea3431320e5b');
INSERT INTO "journal" VALUES(13,'3f56b07d-93ca-41aa-8a90-933a5936dc95','office',13,1796052741552,NULL,NULL,'alikes','','alikes','ok','{}','{"pairs":9,"gone":0}','4478d79ad4e63e9fd2d340b50586f748074f5d77efc6e491b0c3ea3431320e5b','5d2a2c0dc2ebbe65b6926c8570dc08b7e72092776484cb5f31b1907e6863cac1');
INSERT INTO "journal" VALUES(14,'27ce534b-be86-4066-a2a7-a0feea4ce2e0','office',14,1796052741706,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","shop":"見本商店 楽天市場店","first":"999999-20260914-0000001001","last":"999999-20260914-0000001025","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0}','5d2a2c0dc2ebbe65b6926c8570dc08b7e72092776484cb5f31b1907e6863cac1','3e9a18cf29ebd9cf1f553b33abebc573899eb883411df7642d1155825aad8601');
INSERT INTO "journal" VALUES(15,'833f4b4d-a48a-459a-ac01-92b9433e37c8','office',15,1796052741774,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","sha256":"91faee6a8586262476c6e16c533eaa690653a0404200c7e6cdb063b03f8d51af","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0,"lines":44,"problems":5,"newest":1796096892000}','3e9a18cf29ebd9cf1f553b33abebc573899eb883411df7642d1155825aad8601','f68d07daf200b0a2ad9bc7f66dfd449faf0e75cba81c622bad1a2753390630cc');
INSERT INTO "journal" VALUES(16,'ff614020-5c41-4c62-840b-5af20a87980d','office',16,1796052741795,NULL,NULL,'reserve','','reserve','ok','{"result":[[24,1,2,3,5,6,11,12,13,7,8,9,14,15,16,17,18,20,21,22,23,25,26,4,10],[]]}','{"covered":[24,1,2,3,5,6,11,12,13,7,8,9,14,15,16,17,18,20,21,22,23,25,26,4,10],"short":[]}','f68d07daf200b0a2ad9bc7f66dfd449faf0e75cba81c622bad1a2753390630cc','447f99129aff3b6f2891ab87140c7312c16fbf182ca7de41b70e0795670bd00a');
INSERT INTO "journal" VALUES(17,'e0695180-0013-40b1-8661-4341b73a261b','office',17,1796052741815,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","shop":"見本商店 公式オンラインストア","first":"#1001","last":"#1020","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0}','447f99129aff3b6f2891ab87140c7312c16fbf182ca7de41b70e0795670bd00a','00fde16022da0fa5af4a44004aa07433e72f2f779aecb783175825bf14cfd6af');
INSERT INTO "journal" VALUES(18,'44c14f7d-754d-4f1f-8a6d-f2b4be3d3694','office',18,1796052741836,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","sha256":"d8ca1e2c9d77b04a55d38aa355936b597b2eca1b769f03c90862b0c1dbd29b05","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0,"lines":31,"problems":4,"newest":1796097365000}','00fde16022da0fa5af4a44004aa07433e72f2f779aecb783175825bf14cfd6af','ca1f9681f22491e30a93f88c6b1a51a721d287440683cd48225f34b41f23a8fd');
INSERT INTO "journal" VALUES(19,'4de9815f-4e37-4a73-a93f-f34d33e40f90','office',19,1796052741840,NULL,NULL,'merge','','merge','ok','{"result":4}','{"proposed":4}','ca1f9681f22491e30a93f88c6b1a51a721d287440683cd48225f34b41f23a8fd','6384d53ee8bac3ba3cb037630f5391d58312dbdd8d13438e255a3247c14b9c89');
INSERT INTO "journal" VALUES(20,'4eabcb55-07c2-4681-8394-a26c6abf870e','office',20,1796052741858,NULL,NULL,'reserve','','reserve','ok','{"result":[[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],[]]}','{"covered":[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],"short":[]}','6384d53ee8bac3ba3cb037630f5391d58312dbdd8d13438e255a3247c14b9c89','e4316ceb6370e17eaeb9c73def3bab506fb22b3bc7d43c63b1bf24d52037d51c');
INSERT INTO "journal" VALUES(21,'f08c3062-e1ec-46d7-9bfb-d268fc47179c','office',21,1796052741872,NULL,NULL,'recheck','','recheck','ok','{"result":0}','{"orders":[]}','e4316ceb6370e17eaeb9c73def3bab506fb22b3bc7d43c63b1bf24d52037d51c','04347494c0057621fe75bf359edd97c9ccb273d43ab6a60f0d2bc488e29f134c');
INSERT INTO "journal" VALUES(22,'d1f6edd3-4cda-471c-addf-2f74db90a3a9','office',22,1796052741887,NULL,NULL,'reserve','','reserve','ok','{"result":[[1,2,5,6,27,11,12,28,29,30,7,8],[]]}','{"covered":[1,2,5,6,27,11,12,28,29,30,7,8],"short":[]}','04347494c0057621fe75bf359edd97c9ccb273d43ab6a60f0d2bc488e29f134c','ca653176006f3f89c5778a9ab940cd58458420190f01fe7b4ef850d247f72159');
INSERT INTO "journal" VALUES(23,'9e787780-738c-4055-8226-0ec83aefe232','office',23,1796052741914,NULL,NULL,'release','','release','ok','{"result":[1,2,[30,7,1,2,5,27,6,28,8,11,29,12],["1-001","1-002","1-003","1-004","1-005","1-006","1-007","1-008","1-009","1-010","1-011","1-012"],[],true]}','{"batch":1,"orders":[30,7,1,2,5,27,6,28,8,11,29,12],"first":"1-001","refused":0}','ca653176006f3f89c5778a9ab940cd58458420190f01fe7b4ef850d247f72159','c93cbe9a2bbc7db276fd474fb7dbd7299f32cea11b889bc7bc47cff32d7143b2');
INSERT INTO "journal" VALUES(24,'064e0274-d416-44b5-925c-456d94eba013','office',24,1796052741941,NULL,NULL,'export','','export','ok','{"result":["yamato_b2",[[1,"yamato_b2_1_20261201-003221.csv",12,12]],[],[]]}','{"carrier":"yamato_b2","batch":1,"reason":"","files":[[1,"yamato_b2_1_20261201-003221.csv",12]],"kept_out":0}','c93cbe9a2bbc7db276fd474fb7dbd7299f32cea11b889bc7bc47cff32d7143b2','4c52abe51f62f98d60e5a88c30d8adb76c6453723576ad337170a73d2fe3822d');
INSERT INTO "journal" VALUES(25,'6ec52e9e-c690-4d44-bf42-89f9f9f2314b','office',25,1796052741952,NULL,NULL,'written','','written','ok','{"result":true}','{"export":1}','4c52abe51f62f98d60e5a88c30d8adb76c6453723576ad337170a73d2fe3822d','4a6aa5ca0e6bb47309d136b090150268addbcdfb79a44af4b25e82831cc1e41c');
INSERT INTO "journal" VALUES(26,'16cabcb8-522c-436d-aa3a-6d1256925267','office',26,1796052741962,NULL,NULL,'numbers','','numbers','ok','{"result":[]}','{"carrier":"yamato_b2","rows":12,"numbers":12}','4a6aa5ca0e6bb47309d136b090150268addbcdfb79a44af4b25e82831cc1e41c','9d90e7660b6bbf691f624f360f6687d8a06044d1b5673100e763c5bb1f93c149');
INSERT INTO "journal" VALUES(27,'82e4a769-0a42-4992-93f9-8c929defa85e','office',27,1796052741968,NULL,NULL,'numbers','','numbers','ok','{}','{"file":"numbers_yamato_b2_1_20261201-003221.csv","sha256":"198eaa5f70a811f9a5328ba43c1fbc23c574542cd3f64e702a66f46bb454ae92","rows":12,"numbered":12,"same":0,"accepted":0,"rejected":0,"refused":0,"missing":0}','9d90e7660b6bbf691f624f360f6687d8a06044d1b5673100e763c5bb1f93c149','c17844a2f9e0115928b0c37994cbc4ff0647b22e298d60906ff3daa7409fcc4f');
INSERT INTO "journal" VALUES(28,'60fc80da-6a1d-4ed6-b1d3-87ed12906518','bench-1',1,1796052741985,2,NULL,'scan','KU-102','person.signed_in','ok','{"level":"ok","key":"person.signed_in","args":{"name":"田中 一郎","role":"packer"},"ask":{"kind":"order"},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":0,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"SignedIn","person":2}]','','51258b0ba38a517f8ea97e78fe1f85a1b6179c0d869e07c34a2dfdf20d6c2d7a');
INSERT INTO "journal" VALUES(29,'399ae730-a7f0-4b6c-aefe-fe5673ffdc07','bench-1',2,1796052741988,2,12,'scan','KO-1-012-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001011","ship_number":"1-012","lines":2,"pieces":2},"ask":{"kind":"item","line":21,"sku":"TOW-SAK","name":"てぬぐい 千鳥 桜","product_code":"4599990004120","shelf":"B-02-02","left":1},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":0,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":12,"release":false,"taken_over":"","slip":"1-012-1"}]','51258b0ba38a517f8ea97e78fe1f85a1b6179c0d869e07c34a2dfdf20d6c2d7a','28bc41dbe8deb245e500209605267c72fe5c2509656a5ecaa8701a04c70c95f3');
INSERT INTO "journal" VALUES(30,'a8d7fcfe-fde4-48c0-9237-ae3fc7927ad1','bench-1',3,1796052742000,2,12,'scan','4599990004120','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"TOW-SAK","name":"てぬぐい 千鳥 桜","item_code":"4599990004120","shelf":"B-02-02","number":"999999-20260914-0000001011","ship_number":"1-012","line_done":1,"line_wanted":1,"done":1,"wanted":2},"ask":{"kind":"item","line":22,"sku":"FUR-045","name":"ふろしき 45cm 市松","product_code":"4599990004212","shelf":"B-02-03","left":1},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":1,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":21,"product":22,"code":"04599990004120","quantity":1,"lot":"","source":"shelf:B-02-02","expiry":"","serial":"","how":"","reason":"","by":null}]','28bc41dbe8deb245e500209605267c72fe5c2509656a5ecaa8701a04c70c95f3','4ee257da98a83a4cc4b98f6b428bf4b13b631d4434b33fc6d20e3c0f5f749c75');
INSERT INTO "journal" VALUES(31,'06794f42-c25b-4676-9e64-e4868e8931b8','bench-1',4,1796052742017,2,12,'scan','4599990004212','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"FUR-045","name":"ふろしき 45cm 市松","item_code":"4599990004212","shelf":"B-02-03","number":"999999-20260914-0000001011","ship_number":"1-012","line_done":1,"line_wanted":1,"done":2,"wanted":2},"ask":{"kind":"waybill","waybill":"795252780000","last4":"0000","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":2,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":22,"product":23,"code":"04599990004212","quantity":1,"lot":"","source":"shelf:B-02-03","expiry":"","serial":"","how":"","reason":"","by":null}]','4ee257da98a83a4cc4b98f6b428bf4b13b631d4434b33fc6d20e3c0f5f749c75','10b0ee402d3f4aa39d7ac47c2f8b173356b2dbf1f70770699ac4d051fd7c1640');
INSERT INTO "journal" VALUES(32,'c2c18fdc-1c71-4c9b-862b-777683e3e79d','bench-1',5,1796052742022,2,12,'scan','795252780000','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"999999-20260914-0000001011","ship_number":"1-012","waybill":"795252780000","last4":"0000","piece":1,"pieces":1,"left":0},"ask":{"kind":"order"},"order":"999999-20260914-0000001011","order_id":12,"ship_number":"1-012","done":2,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Attached","waybill":12,"number":"795252780000","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','10b0ee402d3f4aa39d7ac47c2f8b173356b2dbf1f70770699ac4d051fd7c1640','7d87fbb1de90e3d9b8b1668c22f6a8e944db977d7c0b3422e463c011870982a2');
INSERT INTO "journal" VALUES(33,'e4f1088e-e647-41d3-a008-7722d298db29','bench-1',6,1796052742036,2,29,'scan','KO-1-011-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"#1003","ship_number":"1-011","lines":3,"pieces":3},"ask":{"kind":"item","line":49,"sku":"TOW-IND","name":"てぬぐい 千鳥 藍","product_code":"4599990004113","shelf":"B-02-01","left":1},"order":"#1003","order_id":29,"ship_number":"1-011","done":0,"wanted":3,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":29,"release":false,"taken_over":"","slip":"1-011-1"}]','7d87fbb1de90e3d9b8b1668c22f6a8e944db977d7c0b3422e463c011870982a2','3d6a41e0d34389eda800a45d3189e5ea943a37ecb7637255af54ce78a88d329a');
INSERT INTO "journal" VALUES(34,'dbcc751b-6b16-42a9-924e-166e90a183f4','bench-1',7,1796052742041,2,29,'scan','4599990004113','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"TOW-IND","name":"てぬぐい 千鳥 藍","item_code":"4599990004113","shelf":"B-02-01","number":"#1003","ship_number":"1-011","line_done":1,"line_wanted":1,"done":1,"wanted":3},"ask":{"kind":"item","line":50,"sku":"TOW-SAK","name":"てぬぐい 千鳥 桜","product_code":"4599990004120","shelf":"B-02-02","left":1},"order":"#1003","order_id":29,"ship_number":"1-011","done":1,"wanted":3,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":49,"product":21,"code":"04599990004113","quantity":1,"lot":"","source":"shelf:B-02-01","expiry":"","serial":"","how":"","reason":"","by":null}]','3d6a41e0d34389eda800a45d3189e5ea943a37ecb7637255af54ce78a88d329a','ab06a2c820b822550b35270b6bec59c1a3af1155d422e7e9907952dd7979ec00');
INSERT INTO "journal" VALUES(35,'ac41ba96-8b02-43b4-bbcf-71b4923dc4c3','bench-1',8,1796052742048,2,29,'scan','4599990004120','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"TOW-SAK","name":"てぬぐい 千鳥 桜","item_code":"4599990004120","shelf":"B-02-02","number":"#1003","ship_number":"1-011","line_done":1,"line_wanted":1,"done":2,"wanted":3},"ask":{"kind":"item","line":51,"sku":"FUR-045","name":"ふろしき 45cm 市松","product_code":"4599990004212","shelf":"B-02-03","left":1},"order":"#1003","order_id":29,"ship_number":"1-011","done":2,"wanted":3,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":50,"product":22,"code":"04599990004120","quantity":1,"lot":"","source":"shelf:B-02-02","expiry":"","serial":"","how":"","reason":"","by":null}]','ab06a2c820b822550b35270b6bec59c1a3af1155d422e7e9907952dd7979ec00','fdae6f6be9356cfc31f2ace11f18aeecceee073d3a3060039eed9e78042fb798');
INSERT INTO "journal" VALUES(36,'d9376e5c-9bdc-4b58-9eb1-ef4f6121e6f7','bench-1',9,1796052742050,2,29,'scan','4599990004212','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"FUR-045","name":"ふろしき 45cm 市松","item_code":"4599990004212","shelf":"B-02-03","number":"#1003","ship_number":"1-011","line_done":1,"line_wanted":1,"done":3,"wanted":3},"ask":{"kind":"waybill","waybill":"883083829261","last4":"9261","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1},"order":"#1003","order_id":29,"ship_number":"1-011","done":3,"wanted":3,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":51,"product":23,"code":"04599990004212","quantity":1,"lot":"","source":"shelf:B-02-03","expiry":"","serial":"","how":"","reason":"","by":null}]','fdae6f6be9356cfc31f2ace11f18aeecceee073d3a3060039eed9e78042fb798','be18ffa8a01022607e0b1d22354f20fb541330af0d4fb89e6f1a75d078641067');
INSERT INTO "journal" VALUES(37,'132c37de-2c25-4455-8373-6a426d4a3b60','bench-1',10,1796052742052,2,29,'scan','883083829261','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"#1003","ship_number":"1-011","waybill":"883083829261","last4":"9261","piece":1,"pieces":1,"left":0},"ask":{"kind":"order"},"order":"#1003","order_id":29,"ship_number":"1-011","done":3,"wanted":3,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Attached","waybill":11,"number":"883083829261","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','be18ffa8a01022607e0b1d22354f20fb541330af0d4fb89e6f1a75d078641067','bdf4e7ba8a63e7b455b56b91bc52774c4f29025be235e01a4285af5577bc4e59');
INSERT INTO "journal" VALUES(38,'5cef2c36-a61e-4f95-b57f-52ac049c2bd7','office',28,1796052742068,NULL,NULL,'recheck','','recheck','ok','{"result":0}','{"orders":[]}','c17844a2f9e0115928b0c37994cbc4ff0647b22e298d60906ff3daa7409fcc4f','33a00029eb7a38282bb123b5922e3c146f46f5484047bd42b0e220e8cc3e1e9a');
INSERT INTO "journal" VALUES(39,'ab50c8ee-fe81-48aa-8128-75dd7db7aa17','office',29,1796052742082,NULL,NULL,'reserve','','reserve','ok','{"result":[[16,36,17,22,44,42],[]]}','{"covered":[16,36,17,22,44,42],"short":[]}','33a00029eb7a38282bb123b5922e3c146f46f5484047bd42b0e220e8cc3e1e9a','2761791a83b97f546c243b4179d3043b15de9473c6d5d3d103bfc7379b5550e2');
INSERT INTO "journal" VALUES(40,'ee850332-36ab-42a0-9398-e8d1e2d88c55','office',30,1796052742105,NULL,NULL,'release','','release','ok','{"result":[2,1,[44,36,17,42,16,22],["2-001","2-002","2-003","2-004","2-005","2-006"],[],true]}','{"batch":2,"orders":[44,36,17,42,16,22],"first":"2-001","refused":0}','2761791a83b97f546c243b4179d3043b15de9473c6d5d3d103bfc7379b5550e2','13e4e35455feff36f3cdfeddaf3809712a5af70d1ef28bd845d3b1eb7ede7d65');
INSERT INTO "journal" VALUES(41,'ede1e808-e23a-48c5-b119-9e270d311cf9','office',31,1796052742114,NULL,NULL,'wave','','wave','ok','{}','{"batch":2,"mode":"cart","adopted":0,"dropped":0}','13e4e35455feff36f3cdfeddaf3809712a5af70d1ef28bd845d3b1eb7ede7d65','324d3e7ed1d99edc40e765f567b16ecceb0bdbfabb677ddb80cabe7ccca490c9');
INSERT INTO "journal" VALUES(42,'ede1e808-e23a-48c5-b119-9e270d311cf9:1','office',32,1796052742145,NULL,NULL,'wave_jobs','','wave_jobs','ok','{"result":[1,6,0]}','{"batch":2,"jobs":[1],"orders":6}','324d3e7ed1d99edc40e765f567b16ecceb0bdbfabb677ddb80cabe7ccca490c9','0aed7190d9567251cfb0f25fca35e4ec280a06ab3f68fe5617163b4f1c7b72f2');
INSERT INTO "journal" VALUES(43,'ede1e808-e23a-48c5-b119-9e270d311cf9:end','office',33,1796052742158,NULL,NULL,'wave_planned','','wave_planned','ok','{}','{"batch":2,"state":"open","orders":6,"jobs":1,"lines":11,"pieces":16,"mm":0,"seconds":96,"litres":14.4,"kg":3.36}','0aed7190d9567251cfb0f25fca35e4ec280a06ab3f68fe5617163b4f1c7b72f2','070869d904001811f98ee3a0ce5aac5d6faa745e2d608d9f911babcc073c651e');
INSERT INTO "journal" VALUES(44,'8703d4bf-0a19-41ac-9a70-d588b90fd017','cart-1',1,1796052742192,4,NULL,'pick','KU-104','person.signed_in','ok','{"level":"ok","key":"person.signed_in","args":{"name":"鈴木 次郎","role":"picker"},"ask":{"kind":"job"},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":0,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"}}','[{"fact":"PickSignedIn","person":4}]','','03f0fef751d10d5a8427c9dfd7876cb36155cd9f44647684032ca7d38ad44c88');
INSERT INTO "journal" VALUES(45,'c6c49415-6091-4fe0-b283-4f86e612c90a','cart-1',2,1796052742195,4,NULL,'pick','KP-NEXT','job.taken','ok','{"level":"ok","key":"job.taken","args":{"job":"2-1","left":16,"orders":6,"station":""},"ask":{"kind":"totes","place":1,"tote":""},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"JobTaken","job":"2-1","taken_over":"","slots":[]}]','03f0fef751d10d5a8427c9dfd7876cb36155cd9f44647684032ca7d38ad44c88','4d9a0050f50178e27db7e82d604c2bb64d4a263aeed6fa2342b5fb8aa9eebe43');
INSERT INTO "journal" VALUES(46,'79bece16-bdae-4a9f-b9e3-59785c4c00f9','cart-1',3,1796052742203,4,NULL,'pick','KT-2-1-1','tote.on_place','ok','{"level":"ok","key":"tote.on_place","args":{"tote":"2-1-1","place":1,"ship_number":"2-001","job":"2-1","done":0,"wanted":16},"ask":{"kind":"totes","place":2,"tote":""},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"ToteBound","slot":1,"tote":"2-1-1","order":44,"cart":false}]','4d9a0050f50178e27db7e82d604c2bb64d4a263aeed6fa2342b5fb8aa9eebe43','e282cee60d619975fbd9199c3a0a7db30d16d2f7093d03427043b5c1be4ad3c9');
INSERT INTO "journal" VALUES(47,'6deebfdc-25cd-414d-bb51-5a7d0bf22e8b','cart-1',4,1796052742210,4,NULL,'pick','KT-2-1-2','tote.on_place','ok','{"level":"ok","key":"tote.on_place","args":{"tote":"2-1-2","place":2,"ship_number":"2-002","job":"2-1","done":0,"wanted":16},"ask":{"kind":"totes","place":3,"tote":""},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"ToteBound","slot":2,"tote":"2-1-2","order":36,"cart":false}]','e282cee60d619975fbd9199c3a0a7db30d16d2f7093d03427043b5c1be4ad3c9','6fd597a55611756087c4388002d7e02a0a34d4a0c0ff891d58009b4ce0cc3d8a');
INSERT INTO "journal" VALUES(48,'891b95fe-8cc9-4017-a404-72cb68a30031','cart-1',5,1796052742213,4,NULL,'pick','KT-2-1-3','tote.on_place','ok','{"level":"ok","key":"tote.on_place","args":{"tote":"2-1-3","place":3,"ship_number":"2-003","job":"2-1","done":0,"wanted":16},"ask":{"kind":"totes","place":4,"tote":""},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"ToteBound","slot":3,"tote":"2-1-3","order":17,"cart":false}]','6fd597a55611756087c4388002d7e02a0a34d4a0c0ff891d58009b4ce0cc3d8a','f24886e98e5a7f4400ec41a581740f404a5c65342c15e7ed9962316d0f839243');
INSERT INTO "journal" VALUES(49,'2a4fea44-9b33-458e-8184-5df7490ddb95','cart-1',6,1796052742216,4,NULL,'pick','KT-2-1-4','tote.on_place','ok','{"level":"ok","key":"tote.on_place","args":{"tote":"2-1-4","place":4,"ship_number":"2-004","job":"2-1","done":0,"wanted":16},"ask":{"kind":"totes","place":5,"tote":""},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"ToteBound","slot":4,"tote":"2-1-4","order":42,"cart":false}]','f24886e98e5a7f4400ec41a581740f404a5c65342c15e7ed9962316d0f839243','2d155b199a17ecc2caa69ea2108ab1fc6940fb89f51b5a37c79e957a0bb3490b');
INSERT INTO "journal" VALUES(50,'420945ef-5df9-4bb6-a071-9617f1174654','cart-1',7,1796052742217,4,NULL,'pick','KT-2-1-5','tote.on_place','ok','{"level":"ok","key":"tote.on_place","args":{"tote":"2-1-5","place":5,"ship_number":"2-005","job":"2-1","done":0,"wanted":16},"ask":{"kind":"totes","place":6,"tote":""},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"ToteBound","slot":5,"tote":"2-1-5","order":16,"cart":false}]','2d155b199a17ecc2caa69ea2108ab1fc6940fb89f51b5a37c79e957a0bb3490b','8b8446a8e92dadf78f9e3d4da292716b844dad08bd3d5ac3727ec9ee6fabb789');
INSERT INTO "journal" VALUES(51,'73c8dd43-1c27-4bc0-98b3-667a4573d6da','cart-1',8,1796052742221,4,NULL,'pick','KT-2-1-6','tote.on_place','ok','{"level":"ok","key":"tote.on_place","args":{"tote":"2-1-6","place":6,"ship_number":"2-006","job":"2-1","done":0,"wanted":16},"ask":{"kind":"shelf","pick":1,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-001","place":1,"tote":"2-1-1","left":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"ToteBound","slot":6,"tote":"2-1-6","order":22,"cart":false}]','8b8446a8e92dadf78f9e3d4da292716b844dad08bd3d5ac3727ec9ee6fabb789','6df413cd1bc52ad0c42c50d4e5ef94fda062a225f25342280af2e826625b9ff8');
INSERT INTO "journal" VALUES(52,'67329ce1-829a-4603-a52e-ed5340c172cd','cart-1',9,1796052742223,4,NULL,'pick','KS-A-02-01','shelf.ok','ok','{"level":"ok","key":"shelf.ok","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","left":1,"job":"2-1","done":0,"wanted":16},"ask":{"kind":"item","pick":1,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-001","place":1,"tote":"2-1-1","left":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"AtShelf","shelf":"A-02-01"}]','6df413cd1bc52ad0c42c50d4e5ef94fda062a225f25342280af2e826625b9ff8','3c76a6b5119b7a4e3bd478af21a131c1a702b23e41099326c88353238ec812a9');
INSERT INTO "journal" VALUES(53,'8e72931e-2091-4182-b216-a688069b8b0b','cart-1',10,1796052742225,4,NULL,'pick','4599990001136','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"place":1,"tote":"2-1-1","ship_number":"2-001","sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","held":1,"left":1,"job":"2-1","done":0,"wanted":16},"ask":{"kind":"place","pick":1,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-001","place":1,"tote":"2-1-1","left":1,"held":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":1,"quantity":1,"lot":""}]','3c76a6b5119b7a4e3bd478af21a131c1a702b23e41099326c88353238ec812a9','8afd608778a8ade27a7d2b27feadaee0069a512b64d5441523ac2b224afd7b74');
INSERT INTO "journal" VALUES(54,'3c0b0f62-f8d1-4b38-af37-f407dc445b45','cart-1',11,1796052742229,4,NULL,'pick','KT-2-1-1','put.ok','ok','{"level":"ok","key":"put.ok","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","place":1,"tote":"2-1-1","ship_number":"2-001","quantity":1,"rest":1,"job":"2-1","done":1,"wanted":16},"ask":{"kind":"item","pick":2,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-001","place":1,"tote":"2-1-1","left":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":1,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"Put","pick":1,"product":5,"order":44,"line":76,"quantity":1,"code":"4599990001136","lot":"","source":"shelf:A-02-01","target":"picked:44","tote":"2-1-1"}]','8afd608778a8ade27a7d2b27feadaee0069a512b64d5441523ac2b224afd7b74','d5a6002a69b802cb4944904245b9ccd433ecdc1e65e061b8ebbd695642d69d18');
INSERT INTO "journal" VALUES(55,'0345280f-9bdd-4bbd-b01d-a43809e8834b','cart-1',12,1796052742236,4,NULL,'pick','4599990001136','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"place":1,"tote":"2-1-1","ship_number":"2-001","sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","held":1,"left":1,"job":"2-1","done":1,"wanted":16},"ask":{"kind":"place","pick":2,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-001","place":1,"tote":"2-1-1","left":1,"held":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":1,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":2,"quantity":1,"lot":""}]','d5a6002a69b802cb4944904245b9ccd433ecdc1e65e061b8ebbd695642d69d18','ad8e3d8faae1c1593ac045206dfe7282ab538d3840c51bcc8eb136c8239e8e88');
INSERT INTO "journal" VALUES(56,'abc82523-0165-4f1b-af58-9aaa55f3be3a','cart-1',13,1796052742239,4,NULL,'pick','KT-2-1-1','put.order_complete','ok','{"level":"ok","key":"put.order_complete","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","place":1,"tote":"2-1-1","ship_number":"2-001","quantity":1,"rest":0,"job":"2-1","done":2,"wanted":16},"ask":{"kind":"item","pick":3,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-002","place":2,"tote":"2-1-2","left":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":2,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"Put","pick":2,"product":5,"order":44,"line":77,"quantity":1,"code":"4599990001136","lot":"","source":"shelf:A-02-01","target":"picked:44","tote":"2-1-1"}]','ad8e3d8faae1c1593ac045206dfe7282ab538d3840c51bcc8eb136c8239e8e88','b3b3153f08b9e4fd50f3ebe7021bd8fdd3eecfd0494a0739f4eaa8f08471a6d4');
INSERT INTO "journal" VALUES(57,'020084d3-6925-4104-9b4c-bda8f6374cc0','cart-1',14,1796052742243,4,NULL,'pick','4599990001136','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"place":2,"tote":"2-1-2","ship_number":"2-002","sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","held":1,"left":1,"job":"2-1","done":2,"wanted":16},"ask":{"kind":"place","pick":3,"product":5,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","lot":"","expiry":"","ship_number":"2-002","place":2,"tote":"2-1-2","left":1,"held":1,"stop":1,"stops":8},"order":null,"order_id":null,"ship_number":"","done":2,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":3,"quantity":1,"lot":""}]','b3b3153f08b9e4fd50f3ebe7021bd8fdd3eecfd0494a0739f4eaa8f08471a6d4','bda0cf58041401c584960cf987154b9c582a30fc7ce737b3c1cdf2be12dfc711');
INSERT INTO "journal" VALUES(58,'15e5522d-9680-4704-93b4-363e0c34780e','cart-1',15,1796052742245,4,NULL,'pick','KT-2-1-2','put.ok','ok','{"level":"ok","key":"put.ok","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","place":2,"tote":"2-1-2","ship_number":"2-002","quantity":1,"rest":1,"job":"2-1","done":3,"wanted":16},"ask":{"kind":"shelf","pick":4,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-002","place":2,"tote":"2-1-2","left":1,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":3,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"Put","pick":3,"product":5,"order":36,"line":64,"quantity":1,"code":"4599990001136","lot":"","source":"shelf:A-02-01","target":"picked:36","tote":"2-1-2"}]','bda0cf58041401c584960cf987154b9c582a30fc7ce737b3c1cdf2be12dfc711','6a176069270d1c764cb735485d1fce44ddfc09720c00a88b527a9da06ae5dc35');
INSERT INTO "journal" VALUES(59,'510b6cab-cae7-41b7-8de5-b6f171ebe354','cart-1',16,1796052742249,4,NULL,'pick','KS-A-02-02','shelf.ok','ok','{"level":"ok","key":"shelf.ok","args":{"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","left":1,"job":"2-1","done":3,"wanted":16},"ask":{"kind":"item","pick":4,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-002","place":2,"tote":"2-1-2","left":1,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":3,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"AtShelf","shelf":"A-02-02"}]','6a176069270d1c764cb735485d1fce44ddfc09720c00a88b527a9da06ae5dc35','b3327f8cec23cd27df5acc84aaf5d2b234a6f525a080dbbf84f5c3d3a0e02bb8');
INSERT INTO "journal" VALUES(60,'4660ebb5-aa22-44d1-b6ab-368db60e3f71','cart-1',17,1796052742251,4,NULL,'pick','4599990001143','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"place":2,"tote":"2-1-2","ship_number":"2-002","sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","held":1,"left":1,"job":"2-1","done":3,"wanted":16},"ask":{"kind":"place","pick":4,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-002","place":2,"tote":"2-1-2","left":1,"held":1,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":3,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":4,"quantity":1,"lot":""}]','b3327f8cec23cd27df5acc84aaf5d2b234a6f525a080dbbf84f5c3d3a0e02bb8','63977c04e1289e96151c090cb3ec093525477d17a8bc5e684366ec7ee42946be');
INSERT INTO "journal" VALUES(61,'96515fa6-5095-43f8-a8f4-c223c4f543eb','cart-1',18,1796052742253,4,NULL,'pick','KT-2-1-2','put.order_complete','ok','{"level":"ok","key":"put.order_complete","args":{"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","place":2,"tote":"2-1-2","ship_number":"2-002","quantity":1,"rest":0,"job":"2-1","done":4,"wanted":16},"ask":{"kind":"item","pick":5,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-003","place":3,"tote":"2-1-3","left":4,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":4,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"Put","pick":4,"product":6,"order":36,"line":63,"quantity":1,"code":"4599990001143","lot":"","source":"shelf:A-02-02","target":"picked:36","tote":"2-1-2"}]','63977c04e1289e96151c090cb3ec093525477d17a8bc5e684366ec7ee42946be','4913680bbbe2f0529302fb43cf0feedb953123c13dffa9d086c5fdf3e49549cd');
INSERT INTO "journal" VALUES(62,'c60585c9-a641-47ed-a075-cb51dd4ad13c','cart-1',19,1796052742257,4,NULL,'pick','4599990001143','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"place":3,"tote":"2-1-3","ship_number":"2-003","sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","held":1,"left":4,"job":"2-1","done":4,"wanted":16},"ask":{"kind":"place","pick":5,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-003","place":3,"tote":"2-1-3","left":4,"held":1,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":4,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":5,"quantity":1,"lot":""}]','4913680bbbe2f0529302fb43cf0feedb953123c13dffa9d086c5fdf3e49549cd','b94a955856243e0d7347506833802898ea7eb76250382423ed03824da3f6efb8');
INSERT INTO "journal" VALUES(63,'faa2bc1d-c987-455a-a447-2ef8fac876ec','cart-1',20,1796052742259,4,NULL,'pick','4599990001143','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","place":3,"tote":"2-1-3","ship_number":"2-003","held":2,"left":4,"job":"2-1","done":4,"wanted":16},"ask":{"kind":"place","pick":5,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-003","place":3,"tote":"2-1-3","left":4,"held":2,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":4,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":5,"quantity":2,"lot":""}]','b94a955856243e0d7347506833802898ea7eb76250382423ed03824da3f6efb8','62306fc3a6dfe94c263b678d781b1942691de7e49c934b3593c169233993e673');
INSERT INTO "journal" VALUES(64,'3df4a26d-e8d8-44fb-b10c-9895f5ec19bc','cart-1',21,1796052742262,4,NULL,'pick','4599990001143','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","place":3,"tote":"2-1-3","ship_number":"2-003","held":3,"left":4,"job":"2-1","done":4,"wanted":16},"ask":{"kind":"place","pick":5,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-003","place":3,"tote":"2-1-3","left":4,"held":3,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":4,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":5,"quantity":3,"lot":""}]','62306fc3a6dfe94c263b678d781b1942691de7e49c934b3593c169233993e673','7b60717ecbc11115275181909a2da796ff7fee2068e8e24f41e7fc083c986f7f');
INSERT INTO "journal" VALUES(65,'c0f55b69-4919-4780-a2ba-23a11be08215','cart-1',22,1796052742264,4,NULL,'pick','4599990001143','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","place":3,"tote":"2-1-3","ship_number":"2-003","held":4,"left":4,"job":"2-1","done":4,"wanted":16},"ask":{"kind":"place","pick":5,"product":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","lot":"","expiry":"","ship_number":"2-003","place":3,"tote":"2-1-3","left":4,"held":4,"stop":2,"stops":8},"order":null,"order_id":null,"ship_number":"","done":4,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":5,"quantity":4,"lot":""}]','7b60717ecbc11115275181909a2da796ff7fee2068e8e24f41e7fc083c986f7f','820eb0f1d3228fe5a357c5d0f9a539d78d17bb43c6257a478cb78e370667ab56');
INSERT INTO "journal" VALUES(66,'452e5c2d-ea00-4f9a-a413-71b74016c9c3','cart-1',23,1796052742269,4,NULL,'pick','KT-2-1-3','put.order_complete','ok','{"level":"ok","key":"put.order_complete","args":{"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","item_code":"4599990001143","shelf":"A-02-02","place":3,"tote":"2-1-3","ship_number":"2-003","quantity":4,"rest":0,"job":"2-1","done":8,"wanted":16},"ask":{"kind":"shelf","pick":6,"product":10,"sku":"YUZ-150","name":"ゆずしお 150g","product_code":"4599990003017","shelf":"A-03-02","lot":"","expiry":"","ship_number":"2-004","place":4,"tote":"2-1-4","left":1,"stop":3,"stops":8},"order":null,"order_id":null,"ship_number":"","done":8,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"Put","pick":5,"product":6,"order":17,"line":29,"quantity":4,"code":"4599990001143","lot":"","source":"shelf:A-02-02","target":"picked:17","tote":"2-1-3"}]','820eb0f1d3228fe5a357c5d0f9a539d78d17bb43c6257a478cb78e370667ab56','a7eaef96a983b039795428fa20d75c56d66bfd6391feadc8f4a3996d29741878');
INSERT INTO "journal" VALUES(67,'36eee80b-6ac9-497d-a92e-c72745c81f1a','cart-1',24,1796052742271,4,NULL,'pick','KS-A-03-02','shelf.ok','ok','{"level":"ok","key":"shelf.ok","args":{"sku":"YUZ-150","name":"ゆずしお 150g","item_code":"4599990003017","shelf":"A-03-02","left":1,"job":"2-1","done":8,"wanted":16},"ask":{"kind":"item","pick":6,"product":10,"sku":"YUZ-150","name":"ゆずしお 150g","product_code":"4599990003017","shelf":"A-03-02","lot":"","expiry":"","ship_number":"2-004","place":4,"tote":"2-1-4","left":1,"stop":3,"stops":8},"order":null,"order_id":null,"ship_number":"","done":8,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"AtShelf","shelf":"A-03-02"}]','a7eaef96a983b039795428fa20d75c56d66bfd6391feadc8f4a3996d29741878','7a9803fade15d6ff169d1621b840fbaebe57faa14018ddb8cd29a32ab741711b');
INSERT INTO "journal" VALUES(68,'cbfd08b4-f77d-4c59-883a-e6660bd36bd6','cart-1',25,1796052742273,4,NULL,'pick','KP-SHORT','short.ask','question','{"level":"question","key":"short.ask","args":{"sku":"YUZ-150","name":"ゆずしお 150g","item_code":"4599990003017","shelf":"A-03-02","left":1},"ask":{"kind":"short_reason","pick":6,"product":10,"sku":"YUZ-150","name":"ゆずしお 150g","product_code":"4599990003017","shelf":"A-03-02","lot":"","expiry":"","ship_number":"2-004","left":1},"order":null,"order_id":null,"ship_number":"","done":8,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"PickAsked","question":"short_reason"}]','7a9803fade15d6ff169d1621b840fbaebe57faa14018ddb8cd29a32ab741711b','e08e7620b0e0fcadbe8b1dded41917ce4453ca901f2c8c83189fc92db5c48af8');
INSERT INTO "journal" VALUES(69,'dd665318-df12-4dd6-acd0-3acdb15ba68d','cart-1',26,1796052742276,4,NULL,'pick','KP-R-MISSING','short.noted','ok','{"level":"ok","key":"short.noted","args":{"sku":"YUZ-150","name":"ゆずしお 150g","item_code":"4599990003017","shelf":"A-03-02","quantity":1,"reason":"missing","job":"2-1","done":8,"wanted":16},"ask":{"kind":"shelf","pick":7,"product":11,"sku":"YUZ-300","name":"ゆずしお 300g","product_code":"4599990003024","shelf":"A-03-03","lot":"","expiry":"","ship_number":"2-004","place":4,"tote":"2-1-4","left":1,"stop":4,"stops":8},"order":null,"order_id":null,"ship_number":"","done":8,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"CountWanted","product":10,"shelf":"A-03-02","reason":"short"},{"fact":"PickShort","pick":6,"product":10,"order":42,"line":73,"quantity":1,"reason":"missing"}]','e08e7620b0e0fcadbe8b1dded41917ce4453ca901f2c8c83189fc92db5c48af8','9a5e864c5e43af902c07e4fdc60ee762f493bb32540b7af2dd4e9507c07a22b3');
INSERT INTO "journal" VALUES(70,'b3babf71-e935-4f32-a3c1-38a8957c5d43','cart-1',27,1796052742283,4,NULL,'pick','KS-A-03-03','shelf.ok','ok','{"level":"ok","key":"shelf.ok","args":{"sku":"YUZ-300","name":"ゆずしお 300g","item_code":"4599990003024","shelf":"A-03-03","left":1,"job":"2-1","done":8,"wanted":16},"ask":{"kind":"item","pick":7,"product":11,"sku":"YUZ-300","name":"ゆずしお 300g","product_code":"4599990003024","shelf":"A-03-03","lot":"","expiry":"","ship_number":"2-004","place":4,"tote":"2-1-4","left":1,"stop":4,"stops":8},"order":null,"order_id":null,"ship_number":"","done":8,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"AtShelf","shelf":"A-03-03"}]','9a5e864c5e43af902c07e4fdc60ee762f493bb32540b7af2dd4e9507c07a22b3','4dfcd7f05048978b67d08cbce06089c47a7d8d550fb23e136bb0a7249ffcafe7');
INSERT INTO "journal" VALUES(71,'e3b5d923-3d9d-4ee4-97fc-40cf12057f0b','cart-1',28,1796052742286,4,NULL,'pick','4599990003024','hand.taken','ok','{"level":"ok","key":"hand.taken","args":{"place":4,"tote":"2-1-4","ship_number":"2-004","sku":"YUZ-300","name":"ゆずしお 300g","item_code":"4599990003024","shelf":"A-03-03","held":1,"left":1,"job":"2-1","done":8,"wanted":16},"ask":{"kind":"place","pick":7,"product":11,"sku":"YUZ-300","name":"ゆずしお 300g","product_code":"4599990003024","shelf":"A-03-03","lot":"","expiry":"","ship_number":"2-004","place":4,"tote":"2-1-4","left":1,"held":1,"stop":4,"stops":8},"order":null,"order_id":null,"ship_number":"","done":8,"wanted":16,"person":{"name":"鈴木 次郎","role":"picker","language":"ja"},"job":"2-1"}','[{"fact":"InHand","pick":7,"quantity":1,"lot":""}]','4dfcd7f05048978b67d08cbce06089c47a7d8d550fb23e136bb0a7249ffcafe7','ff81fd0e8d746705cbb63282be268bfcff5ce88052871437f9d2cbe1aaf91c3e');
INSERT INTO "journal" VALUES(72,'ab561320-1f0f-40e5-b049-1ebb9354b4b3','bench-1',11,1796052742292,2,28,'scan','KO-1-008-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"#1002","ship_number":"1-008","lines":1,"pieces":2},"ask":{"kind":"item","line":48,"sku":"CUP-BLU","name":"湯のみ なみ紋 青","product_code":"4599990004014","shelf":"B-01-03","left":2},"order":"#1002","order_id":28,"ship_number":"1-008","done":0,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":28,"release":false,"taken_over":"","slip":"1-008-1"}]','bdf4e7ba8a63e7b455b56b91bc52774c4f29025be235e01a4285af5577bc4e59','d9669ee5313c67983a60926851cfec82879a4dab08e920128392d79323b38dbf');
INSERT INTO "journal" VALUES(73,'9494bad7-cef4-40e2-a6e0-d51c1265eda0','bench-1',12,1796052742296,2,28,'scan','4599990004014','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"CUP-BLU","name":"湯のみ なみ紋 青","item_code":"4599990004014","shelf":"B-01-03","number":"#1002","ship_number":"1-008","line_done":1,"line_wanted":2,"done":1,"wanted":2},"ask":{"kind":"item","line":48,"sku":"CUP-BLU","name":"湯のみ なみ紋 青","product_code":"4599990004014","shelf":"B-01-03","left":1},"order":"#1002","order_id":28,"ship_number":"1-008","done":1,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":48,"product":19,"code":"04599990004014","quantity":1,"lot":"","source":"shelf:B-01-03","expiry":"","serial":"","how":"","reason":"","by":null}]','d9669ee5313c67983a60926851cfec82879a4dab08e920128392d79323b38dbf','0eba511b208849791b389453eef8b6c0f725071c798bb331fa481849cb0241b8');
INSERT INTO "journal" VALUES(74,'02bf3920-9a27-474d-a5a4-bc59da127d47','bench-1',13,1796052742298,2,28,'scan','4599999999991','code.unknown','refused','{"level":"refused","key":"code.unknown","args":{"code":"4599999999991","gtin":"04599999999991"},"ask":{"kind":"item","line":48,"sku":"CUP-BLU","name":"湯のみ なみ紋 青","product_code":"4599990004014","shelf":"B-01-03","left":1},"order":"#1002","order_id":28,"ship_number":"1-008","done":1,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[]','0eba511b208849791b389453eef8b6c0f725071c798bb331fa481849cb0241b8','fe7e323fd23339cf682bdf03983c988904dcc4f694154b4d34de80d031c46c28');
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
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','ready','',9);
INSERT INTO "loads" VALUES(1796274000000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796533200000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','received','',13);
INSERT INTO "loads" VALUES(1796360400000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','released','',18);
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
INSERT INTO "lots" VALUES(1,'M260701','2027-09-16',0,'');
INSERT INTO "lots" VALUES(2,'M260702','2027-10-17',0,'');
INSERT INTO "lots" VALUES(3,'2027-06-17','2027-06-17',0,'');
INSERT INTO "lots" VALUES(4,'2027-08-17','2027-08-17',0,'');
INSERT INTO "lots" VALUES(7,'2027-05-17','2027-05-17',0,'');
INSERT INTO "lots" VALUES(8,'2027-06-01','2027-06-01',0,'');
INSERT INTO "lots" VALUES(12,'2027-07-17','2027-07-17',0,'');
INSERT INTO "lots" VALUES(13,'2027-08-01','2027-08-01',0,'');
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
INSERT INTO "moves" VALUES(1,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,1,'M260701','supplier','shelf:A-01-01',84,NULL);
INSERT INTO "moves" VALUES(2,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,2,'M260702','supplier','shelf:A-01-02',60,NULL);
INSERT INTO "moves" VALUES(3,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,3,'2027-06-17','supplier','shelf:A-01-03',48,NULL);
INSERT INTO "moves" VALUES(4,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,4,'2027-08-17','supplier','shelf:A-01-04',72,NULL);
INSERT INTO "moves" VALUES(5,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,5,'','supplier','shelf:A-02-01',55,NULL);
INSERT INTO "moves" VALUES(6,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,6,'','supplier','shelf:A-02-02',40,NULL);
INSERT INTO "moves" VALUES(7,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,7,'2027-05-17','supplier','shelf:A-02-03',36,NULL);
INSERT INTO "moves" VALUES(8,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,8,'2027-06-01','supplier','shelf:A-02-04',36,NULL);
INSERT INTO "moves" VALUES(9,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,9,'','supplier','shelf:A-03-01',90,NULL);
INSERT INTO "moves" VALUES(10,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,10,'','supplier','shelf:A-03-02',44,NULL);
INSERT INTO "moves" VALUES(11,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,11,'','supplier','shelf:A-03-03',30,NULL);
INSERT INTO "moves" VALUES(12,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,12,'2027-07-17','supplier','shelf:A-03-04',42,NULL);
INSERT INTO "moves" VALUES(13,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,13,'2027-08-01','supplier','shelf:A-04-01',42,NULL);
INSERT INTO "moves" VALUES(14,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,14,'','supplier','shelf:A-04-02',60,NULL);
INSERT INTO "moves" VALUES(15,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,15,'','supplier','shelf:A-04-03',60,NULL);
INSERT INTO "moves" VALUES(16,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,16,'','supplier','shelf:A-04-04',33,NULL);
INSERT INTO "moves" VALUES(17,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,17,'','supplier','shelf:B-01-01',28,NULL);
INSERT INTO "moves" VALUES(18,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,18,'','supplier','shelf:B-01-02',28,NULL);
INSERT INTO "moves" VALUES(19,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,19,'','supplier','shelf:B-01-03',20,NULL);
INSERT INTO "moves" VALUES(20,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,20,'','supplier','shelf:B-01-04',20,NULL);
INSERT INTO "moves" VALUES(21,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,21,'','supplier','shelf:B-02-01',70,NULL);
INSERT INTO "moves" VALUES(22,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,22,'','supplier','shelf:B-02-02',70,NULL);
INSERT INTO "moves" VALUES(23,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,23,'','supplier','shelf:B-02-03',35,NULL);
INSERT INTO "moves" VALUES(24,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,24,'','supplier','shelf:B-02-04',18,NULL);
INSERT INTO "moves" VALUES(25,'51a8f6f1-61eb-4a0f-a761-d1a966e6da42',1796052741433,26,'','supplier','shelf:B-03-02',50,NULL);
INSERT INTO "moves" VALUES(26,'a8d7fcfe-fde4-48c0-9237-ae3fc7927ad1',1796052742000,22,'','shelf:B-02-02','parcel:1',1,12);
INSERT INTO "moves" VALUES(27,'06794f42-c25b-4676-9e64-e4868e8931b8',1796052742017,23,'','shelf:B-02-03','parcel:1',1,12);
INSERT INTO "moves" VALUES(28,'dbcc751b-6b16-42a9-924e-166e90a183f4',1796052742041,21,'','shelf:B-02-01','parcel:2',1,29);
INSERT INTO "moves" VALUES(29,'ac41ba96-8b02-43b4-bbcf-71b4923dc4c3',1796052742048,22,'','shelf:B-02-02','parcel:2',1,29);
INSERT INTO "moves" VALUES(30,'d9376e5c-9bdc-4b58-9eb1-ef4f6121e6f7',1796052742050,23,'','shelf:B-02-03','parcel:2',1,29);
INSERT INTO "moves" VALUES(31,'3c0b0f62-f8d1-4b38-af37-f407dc445b45',1796052742229,5,'','shelf:A-02-01','picked:44',1,44);
INSERT INTO "moves" VALUES(32,'abc82523-0165-4f1b-af58-9aaa55f3be3a',1796052742239,5,'','shelf:A-02-01','picked:44',1,44);
INSERT INTO "moves" VALUES(33,'15e5522d-9680-4704-93b4-363e0c34780e',1796052742245,5,'','shelf:A-02-01','picked:36',1,36);
INSERT INTO "moves" VALUES(34,'96515fa6-5095-43f8-a8f4-c223c4f543eb',1796052742253,6,'','shelf:A-02-02','picked:36',1,36);
INSERT INTO "moves" VALUES(35,'452e5c2d-ea00-4f9a-a413-71b74016c9c3',1796052742269,6,'','shelf:A-02-02','picked:17',4,17);
INSERT INTO "moves" VALUES(36,'9494bad7-cef4-40e2-a6e0-d51c1265eda0',1796052742296,19,'','shelf:B-01-03','parcel:3',1,28);
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
	options TEXT DEFAULT '' NOT NULL, reserved INTEGER DEFAULT 0 NOT NULL, sold INTEGER, picked INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_order_lines PRIMARY KEY (id), 
	CONSTRAINT ck_order_lines_counts CHECK (done >= 0 AND short >= 0 AND done + short <= wanted), 
	CONSTRAINT fk_order_lines_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_order_lines_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "order_lines" VALUES(1,1,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,0,0,'1080','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(2,1,2,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,0,0,'2480','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(3,2,1,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,0,0,'1980','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(4,3,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,2,0,0,'1200','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(5,3,2,'HOJ-080','【見本市場】深煎りほうじ茶 80g',3,1,0,0,'640','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(6,3,3,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,1,0,0,'860','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(7,4,1,'YUZ-150','【見本市場】ゆずしお 150g',10,3,0,0,'540','0.08','',3,NULL,0);
INSERT INTO "order_lines" VALUES(8,5,1,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(9,5,2,'COF-DRK','【見本市場】みさき珈琲 豆 深煎り 200g',8,1,0,0,'1480','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(10,6,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,12,0,0,'620','0.08','',12,NULL,0);
INSERT INTO "order_lines" VALUES(11,7,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,0,0,'1080','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(12,7,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,0,0,'1980','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(13,8,1,'CUP-BLU','【見本市場】湯のみ なみ紋 青',19,1,0,0,'1650','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(14,8,2,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(15,8,3,'GFT-BOX','【見本市場】ギフト箱 中（包装つき）',26,1,0,0,'330','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(16,9,1,'MIS-AKA','【見本市場】ひなた味噌 赤 500g',12,2,0,0,'760','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(17,9,2,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(18,10,1,'HON-180','【見本市場】れんげはちみつ 180g',16,1,0,0,'1350','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(19,10,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,2,0,0,'880','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(20,11,1,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,1,0,0,'990','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(21,12,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,1,1,0,'990','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(22,12,2,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,1,0,'1320','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(23,13,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,2,0,0,'1280','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(24,14,1,'HOJ-T20','【見本市場】深煎りほうじ茶 ティーバッグ 20袋',4,1,0,0,'780','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(25,15,1,'JAM-BLU','【見本市場】ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(26,15,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,1,0,0,'880','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(27,16,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,1,0,0,'620','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(28,16,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(29,17,1,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,4,0,0,'860','0.08','',4,NULL,4);
INSERT INTO "order_lines" VALUES(30,18,1,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,0,0,'1320','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(31,19,1,'HON-180','【見本市場】れんげはちみつ 180g',16,2,0,0,'1350','0.08','',0,NULL,0);
INSERT INTO "order_lines" VALUES(32,20,1,'YUZ-300','【見本市場】ゆずしお 300g',11,1,0,0,'980','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(33,20,2,'YUZ-150','【見本市場】ゆずしお 150g',10,1,0,0,'540','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(34,21,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,6,0,0,'1080','0.08','',6,NULL,0);
INSERT INTO "order_lines" VALUES(35,22,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,2,0,0,'990','0.1','',2,NULL,0);
INSERT INTO "order_lines" VALUES(36,22,2,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,2,0,0,'990','0.1','',2,NULL,0);
INSERT INTO "order_lines" VALUES(37,23,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,1,0,0,'1280','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(38,23,2,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(39,23,3,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(40,24,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,1,0,0,'1200','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(41,25,1,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,0,0,'2480','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(42,25,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,2,0,0,'1980','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(43,26,1,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','ラッピング:不要',1,NULL,0);
INSERT INTO "order_lines" VALUES(44,26,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','ラッピング:不要',1,NULL,0);
INSERT INTO "order_lines" VALUES(45,26,3,'YUZ-150','【見本市場】ゆずしお 150g',10,1,0,0,'540','0.08','ラッピング:不要',1,NULL,0);
INSERT INTO "order_lines" VALUES(46,27,1,'COF-MED','みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(47,27,2,'COF-DRP','みさき珈琲 ドリップ 10袋',9,1,0,0,'1280','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(48,28,1,'CUP-BLU','湯のみ なみ紋 青',19,2,1,0,'1650','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(49,29,1,'TOW-IND','てぬぐい 千鳥 藍',21,1,1,0,'990','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(50,29,2,'TOW-SAK','てぬぐい 千鳥 桜',22,1,1,0,'990','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(51,29,3,'FUR-045','ふろしき 45cm 市松',23,1,1,0,'1320','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(52,30,1,'MAT-100','有機抹茶パウダー 100g',2,1,0,0,'1980','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(53,30,2,'MAT-050','有機抹茶パウダー 50g',1,2,0,0,'1080','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(54,31,1,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(55,32,1,'JAM-ICH','いちごジャム 木苺舎 150g',17,1,0,0,'880','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(56,32,2,'JAM-BLU','ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(57,32,3,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(58,33,1,'YUZ-300','ゆずしお 300g',11,2,0,0,'980','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(59,34,1,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(60,34,2,'NEW-777','新茶しずく 30g',NULL,1,0,0,'1200','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(61,35,1,'SHO-300','こいくちしょうゆ くじら 300ml',14,2,0,0,'620','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(62,35,2,'SHO-USU','うすくちしょうゆ くじら 300ml',15,1,0,0,'620','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(63,36,1,'GEN-200','玄米茶 ふくろう印 200g',6,1,0,0,'860','','',1,NULL,1);
INSERT INTO "order_lines" VALUES(64,36,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL,1);
INSERT INTO "order_lines" VALUES(65,37,1,'CHA-SEN','茶せん 八十本立',24,1,0,0,'2480','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(66,37,2,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(67,37,3,'CUP-RED','湯のみ なみ紋 赤',20,1,0,0,'1650','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(68,38,1,'COF-DRK','みさき珈琲 豆 深煎り 200g',8,3,0,0,'1480','','',3,NULL,0);
INSERT INTO "order_lines" VALUES(69,39,1,'MIS-AKA','ひなた味噌 赤 500g',12,1,0,0,'760','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(70,40,1,'TOW-SAK','てぬぐい 千鳥 桜',22,5,0,0,'990','','',5,NULL,0);
INSERT INTO "order_lines" VALUES(71,41,1,'HOJ-T20','深煎りほうじ茶 ティーバッグ 20袋',4,2,0,0,'780','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(72,41,2,'HOJ-080','深煎りほうじ茶 80g',3,1,0,0,'640','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(73,42,1,'YUZ-150','ゆずしお 150g',10,1,0,1,'540','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(74,42,2,'YUZ-300','ゆずしお 300g',11,1,0,0,'980','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(75,43,1,'FUR-045','ふろしき 45cm 市松',23,2,0,0,'1320','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(76,44,1,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL,1);
INSERT INTO "order_lines" VALUES(77,44,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL,1);
INSERT INTO "order_lines" VALUES(78,45,1,'MIS-SHI','ひなた味噌 白 500g',13,2,0,0,'760','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(79,45,2,'MIS-AKA','ひなた味噌 赤 500g',12,2,0,0,'760','','',2,NULL,0);
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
	digest VARCHAR NOT NULL, carrier VARCHAR(32) DEFAULT '' NOT NULL, service VARCHAR(32) DEFAULT '' NOT NULL, service_by VARCHAR(8) DEFAULT '' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, size INTEGER DEFAULT 0 NOT NULL, ship_date VARCHAR(10) DEFAULT '' NOT NULL, wish_date VARCHAR(10) DEFAULT '' NOT NULL, slot VARCHAR(8) DEFAULT '' NOT NULL, cod INTEGER DEFAULT 0 NOT NULL, parcel_count INTEGER DEFAULT 1 NOT NULL, merge_key VARCHAR DEFAULT '' NOT NULL, lead_id INTEGER, parked SMALLINT DEFAULT 0 NOT NULL, report_id INTEGER, picking SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_orders PRIMARY KEY (id), 
	CONSTRAINT fk_orders_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_orders_shop_id_number_ship_to_key UNIQUE (shop_id, number, ship_to_key)
);
INSERT INTO "orders" VALUES(1,1,'999999-20260914-0000001001','20000001','released',0,1,1,3,1796052741706,1796079612000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','東京都',0,'{"buyer":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3560","shipping":"550","fee":"0","discount":"0","points":"0","total":"4110","currency":"JPY"}}','a4b59eea2536f7ee20ff5cdcaa72cfbd','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'2b5ca5409cf7bc87ef231182',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(2,1,'999999-20260914-0000001002','20000011','released',0,1,1,4,1796052741706,1796080032000,1796101200000,1796101200000,0,'',0,1,1,'試験 花子','大阪府',0,'{"buyer":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1980","shipping":"550","fee":"0","discount":"0","points":"0","total":"2530","currency":"JPY"}}','965655a0d789e4f99477fe6838f1ed54','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'e7f410ab6ae9f2ec981abaea',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(3,1,'999999-20260914-0000001003','20000021','received',1,0,NULL,NULL,1796052741706,1796080452000,1796101200000,1796101200000,0,'',0,3,4,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3900","shipping":"550","fee":"0","discount":"0","points":"0","total":"4450","currency":"JPY"}}','282646045c203b4d6181a91d5731a3e3','yamato_b2','takkyubin','','ambient',52,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(4,1,'999999-20260914-0000001004','20000031','received',1,0,NULL,NULL,1796052741706,1796080872000,1796274000000,1796274000000,0,'',0,1,3,'仮名 さくら','北海道',0,'{"buyer":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-05 14:00-16:00","totals":{"subtotal":"1620","shipping":"550","fee":"0","discount":"0","points":"0","total":"2170","currency":"JPY"}}','4d967e21075ded3a913dff492beec8ea','yamato_b2','takkyubin','','ambient',35,'2026-12-03','2026-12-05','14-16',0,1,'5c0665f4081d43a9ad449611',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(5,1,'999999-20260914-0000001005','20000041','released',0,1,1,5,1796052741706,1796081292000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','福岡県',0,'{"buyer":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2960","shipping":"550","fee":"0","discount":"0","points":"0","total":"3510","currency":"JPY"}}','291178c740ba941fbb42448fa52f096b','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'b8f6012220149e12af7a31cc',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(6,1,'999999-20260914-0000001006','20000051','released',0,1,1,7,1796052741706,1796081712000,1796101200000,1796101200000,0,'',0,1,12,'見本 あおい','宮城県',0,'{"buyer":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"7440","shipping":"0","fee":"0","discount":"0","points":"0","total":"7440","currency":"JPY"}}','6bae904b059018eb842d2993436e6361','yamato_b2','takkyubin','','ambient',102,'2026-12-01','','',0,1,'4127348bfc29bf6cda9efcb8',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(7,1,'999999-20260914-0000001007','20000061','released',0,1,1,2,1796052741706,1796085732000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','愛知県',1,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-5624","country":"JP"},"note":"のし: 内祝い 見本","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3060","shipping":"550","fee":"0","discount":"0","points":"0","total":"3610","currency":"JPY"}}','4a2fa4c0ee6e99d36d5c8cad907c9706','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'bd7f89a4aa03c7b5179f5098',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(8,1,'999999-20260914-0000001008','20000071','released',0,1,1,9,1796052741706,1796086152000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','宮城県',1,'{"buyer":{"name":"例示 誠","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-6018","country":"JP"},"note":"ラッピング: 包装紙（青海波）","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3630","shipping":"550","fee":"0","discount":"0","points":"0","total":"4180","currency":"JPY"}}','27fa7b5a1458f8c50290c21a29f6328e','yamato_b2','takkyubin','','ambient',58,'2026-12-01','','',0,1,'915707a6593e42f0da706b27',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(9,1,'999999-20260914-0000001009','20000081','ready',0,0,NULL,NULL,1796052741706,1796086572000,1796101200000,1796101200000,0,'',0,2,3,'仮野 みどり','石川県',0,'{"buyer":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3160","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"550","fee":"330","discount":"0","points":"0","total":"3160","currency":"JPY"}}','1c36d5ef9efc27d21ebfbe58e12c924e','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',3160,1,'fc7946f62687f1b8ff758c27',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(10,1,'999999-20260914-0000001010','20000091','received',1,0,NULL,NULL,1796052741706,1796083392000,1796533200000,1796533200000,0,'',0,2,3,'空想 大輔','香川県',0,'{"buyer":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3990","delivery":"宅配便","wish":"2026-12-07 午前中","totals":{"subtotal":"3110","shipping":"550","fee":"330","discount":"0","points":"0","total":"3990","currency":"JPY"}}','692a484e03c2cbb5bb5fb0e11df623b6','yamato_b2','takkyubin','','ambient',35,'2026-12-06','2026-12-07','am',3990,1,'2db4ede9a0d3a38740f426d8',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(11,1,'999999-20260914-0000001011','20000101','released',0,1,1,10,1796052741706,1796083812000,1796101200000,1796101200000,0,'',0,1,1,'例示 誠','福岡県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"990","shipping":"550","fee":"0","discount":"0","points":"0","total":"1540","currency":"JPY"}}','13270f50523d62a9f1300bd55436fa66','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'8b03c5ba2220745ba971fbbe',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(12,1,'999999-20260914-0000001011','20000102','verified',0,1,1,12,1796052741706,1796083812000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','宮城県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2310","shipping":"0","fee":"0","discount":"0","points":"0","total":"2310","currency":"JPY"}}','1d5e641919b9835a858ed1f42941762f','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'21bd0c7fb3fbd27ae56a96ac',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(13,1,'999999-20260914-0000001012','20000111','received',1,0,NULL,NULL,1796052741706,1796084232000,1796101200000,1796101200000,0,'',0,1,2,'見本田 光','大阪府',0,'{"buyer":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"note":"不在のときは玄関の前に置いてください。","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2560","shipping":"550","fee":"0","discount":"0","points":"0","total":"3110","currency":"JPY"}}','056c60959198bfaf88f87166594c6887','yamato_b2','takkyubin','','ambient',43,'2026-12-01','','',0,1,'6fb9be80defe1a41bfa2f244',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(14,1,'999999-20260914-0000001013','20000121','received',1,0,NULL,NULL,1796052741706,1796088252000,1796101200000,1796101200000,0,'',0,1,1,'試谷 恵','愛知県',0,'{"buyer":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-06(土) 午前中","totals":{"subtotal":"780","shipping":"550","fee":"0","discount":"0","points":"0","total":"1330","currency":"JPY"}}','a1f4fc0b5276d2d54f704c5cd82fe9f0','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'b692cd3f0caa64c0503901d4',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(15,1,'999999-20260914-0000001014','20000131','received',1,0,NULL,NULL,1796052741706,1796088672000,1796101200000,1796101200000,0,'',0,2,2,'入力待ち 入力待ち','入力待ち',1,'{"buyer":{"name":"例井 直樹","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8125","country":"JP"},"ship_to":{"name":"入力待ち 入力待ち","postcode":"999-9999","prefecture":"入力待ち","city":"入力待ち","street":"入力待ち","phone":"999-9999-9999","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1800","shipping":"550","fee":"0","discount":"0","points":"0","total":"2350","currency":"JPY"}}','f6eb2fbfff1d4c72ed1e15e80fbfd48b','yamato_b2','takkyubin','','ambient',29,'2026-12-01','','',0,1,'',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(16,1,'999999-20260914-0000001015','20000141','released',0,1,2,5,1796052741706,1796089092000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1240","shipping":"550","fee":"0","discount":"0","points":"0","total":"1790","currency":"JPY"}}','045fe8a50fea5b71d8be197fdc7dae43','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL,1);
INSERT INTO "orders" VALUES(17,1,'999999-20260914-0000001016','20000151','released',0,1,2,3,1796052741706,1796089512000,1796101200000,1796101200000,0,'',0,1,4,'試験 花子','宮城県',0,'{"buyer":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3440","shipping":"550","fee":"0","discount":"0","points":"0","total":"3990","currency":"JPY"}}','ab812a4e7716f3e49d9cdd614c5aaa65','yamato_b2','takkyubin','','ambient',57,'2026-12-01','','',0,1,'4f218bc0477e10f6876af70f',NULL,0,NULL,1);
INSERT INTO "orders" VALUES(18,1,'999999-20260914-0000001017','20000161','received',1,0,NULL,NULL,1796052741706,1796089932000,1796101200000,1796101200000,0,'',0,1,1,'例題 一郎','広島県',0,'{"buyer":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1320","shipping":"550","fee":"0","discount":"0","points":"0","total":"1870","currency":"JPY"}}','151e14c97f25133d48a32f647fd899ee','yamato_b2','takkyubin','','ambient',39,'2026-12-01','','',0,1,'5c1d4b550677740421c21f24',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(19,1,'999999-20260914-0000001018','20000171','cancelled',0,0,NULL,NULL,1796052741706,1796090352000,NULL,253402300799000,0,'',0,1,2,'仮名 さくら','沖縄県',0,'{"buyer":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2700","shipping":"550","fee":"0","discount":"0","points":"0","total":"3250","currency":"JPY"}}','94efae51af897dfaa2b4f15406ba31c8','','','','ambient',0,'','','',0,1,'',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(20,1,'999999-20260914-0000001019','20000181','received',1,0,NULL,NULL,1796052741706,1796090772000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"550","fee":"0","discount":"0","points":"0","total":"2070","currency":"JPY"}}','36bf71c02ffdcf9058ec297b397dcce0','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(21,1,'999999-20260914-0000001020','20000191','ready',0,0,NULL,NULL,1796052741706,1796091192000,1796101200000,1796101200000,0,'',0,1,6,'見本 あおい','香川県',0,'{"buyer":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6480","shipping":"0","fee":"0","discount":"0","points":"0","total":"6480","currency":"JPY"}}','419e18954620e2e8ca091766e79f00e0','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'55a9582c3248ac3c3d7a6a88',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(22,1,'999999-20260914-0000001021','20000201','released',0,1,2,6,1796052741706,1796091612000,1796101200000,1796101200000,0,'',0,2,4,'試作 洋子','東京都',0,'{"buyer":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3960","shipping":"550","fee":"0","discount":"0","points":"0","total":"4510","currency":"JPY"}}','6465f6079ae91b68d87e0d021d426805','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'f066b2dbf3ce3f58b1bed2f3',NULL,0,NULL,1);
INSERT INTO "orders" VALUES(23,1,'999999-20260914-0000001022','20000211','ready',0,0,NULL,NULL,1796052741706,1796092032000,1796101200000,1796101200000,0,'',0,3,3,'例示 誠','大阪府',0,'{"buyer":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4410","shipping":"0","fee":"0","discount":"0","points":"0","total":"4410","currency":"JPY"}}','6126f7d40008e154c43c5c9d9f34017d','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',0,1,'1033dcbd80a6886081f16015',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(24,1,'999999-20260914-0000001023','20000221','received',1,0,NULL,NULL,1796052741706,1796092452000,1796101200000,1796101200000,-1,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1200","shipping":"550","fee":"0","discount":"0","points":"0","total":"1750","currency":"JPY"}}','cea7fd60f546f0e711ee22478075e3f0','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(25,1,'999999-20260914-0000001024','20000231','ready',0,0,NULL,NULL,1796052741706,1796092872000,1796101200000,1796101200000,0,'',0,2,3,'空想 大輔','北海道',0,'{"buyer":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6440","shipping":"0","fee":"0","discount":"0","points":"0","total":"6440","currency":"JPY"}}','824299a76a05e8b98581e95f9799f8e0','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'6b6ba2a5af78bb3e51ae1a8f',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(26,1,'999999-20260914-0000001025','20000241','ready',0,0,NULL,NULL,1796052741706,1796096892000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','福岡県',0,'{"buyer":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1920","shipping":"550","fee":"0","discount":"0","points":"0","total":"2470","currency":"JPY"}}','4865083e527a932a190c0a9d0797b026','yamato_b2','takkyubin','','ambient',42,'2026-12-01','','',0,1,'185c1859825983786b3354ae',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(27,2,'#1001','','released',0,1,1,6,1796052741815,1796083205000,1796101200000,1796101200000,0,'',0,2,2,'例題 一郎','東京都',0,'{"buyer":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2760","shipping":"600","discount":"0","tax":"249","total":"3360","currency":"JPY"}}','7263b267b83ca03742ac549b96267475','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'d924250a5e51e47a706705d1',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(28,2,'#1002','','released',0,1,1,8,1796052741815,1796083865000,1796101200000,1796101200000,0,'bench-1',1796054542292,1,2,'例示 誠','北海道',0,'{"buyer":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','2285f33991e854a0aa7b37a460536435','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'d2b80cd9676a8765f0f571dc',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(29,2,'#1003','','verified',0,1,1,11,1796052741815,1796084525000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','広島県',0,'{"buyer":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','d5348381a7af5e6ec740c4efecfbc77e','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'84535e21802645e24042ddb6',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(30,2,'#1004','','released',0,1,1,1,1796052741815,1796085185000,1796101200000,1796101200000,0,'',0,2,3,'仮名 さくら','香川県',0,'{"buyer":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4140","shipping":"600","discount":"0","tax":"351","total":"4740","currency":"JPY"}}','4d76a2ddb57d5a9c104ec2af2c5b95d7','yamato_b2','takkyubin','','ambient',34,'2026-12-01','','',0,1,'67814a0045a9edfc88f234ce',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(31,2,'#1005','','received',2,0,NULL,NULL,1796052741815,1796085845000,1796101200000,1796101200000,0,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"note":"ギフト用の紙袋を1枚つけてください。","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1350","shipping":"600","discount":"0","tax":"144","total":"1950","currency":"JPY"}}','218b87b53e303b0284b7d1a55251f1bf','yamato_b2','takkyubin','','ambient',23,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(32,2,'#1006','','cancelled',0,0,NULL,NULL,1796052741815,1796090105000,NULL,253402300799000,0,'',0,3,3,'例井 直樹','宮城県',0,'{"buyer":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"ship_to":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3150","shipping":"600","discount":"0","tax":"278","total":"3750","currency":"JPY"}}','823436dcf3b86a2b4df808b10eb3a766','','','','ambient',0,'','','',0,1,'',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(33,2,'#1007','','received',1,0,NULL,NULL,1796052741815,1796087165000,1796101200000,1796101200000,0,'',0,1,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"note":"","payment":"Bank Deposit","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1960","shipping":"600","discount":"0","tax":"190","total":"2560","currency":"JPY"}}','ba14a01a7d1e1b5ba851bb78c45dda32','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(34,2,'#1008','','received',1,0,NULL,NULL,1796052741815,1796087825000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','大阪府',0,'{"buyer":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"600","discount":"0","tax":"213","total":"2880","currency":"JPY"}}','498a90332af938751dccc9f95376a1b4','yamato_b2','takkyubin','','ambient',25,'2026-12-01','','',0,1,'42555dbaad1f1a8b8b41bdd4',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(35,2,'#1009','','received',1,0,NULL,NULL,1796052741815,1796088485000,1796360400000,1796360400000,0,'',0,2,3,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"配達希望日: 2026-12-06\n時間帯: 18-20時","totals":{"subtotal":"1860","shipping":"600","discount":"0","tax":"182","total":"2460","currency":"JPY"}}','5522b8522b4b4d75ef160530c882258a','yamato_b2','takkyubin','','ambient',46,'2026-12-04','2026-12-06','18-20',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(36,2,'#1010','','released',0,1,2,2,1796052741815,1796089145000,1796101200000,1796101200000,0,'',0,2,2,'見本 あおい','沖縄県',0,'{"buyer":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"note":"","payment":"Cash on Delivery (COD)","cod_amount":"2660","delivery":"宅配便","wish":"","totals":{"subtotal":"2060","shipping":"600","discount":"0","tax":"197","total":"2660","currency":"JPY"}}','2dd6ff0c60f8a5a4e4e1e01a3750bd20','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',2660,1,'96596ea9a3f1bdb61635e3d0',NULL,0,NULL,1);
INSERT INTO "orders" VALUES(37,2,'#1011','','received',1,0,NULL,NULL,1796052741815,1796093405000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','東京都',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"メッセージ: おめでとうございます","totals":{"subtotal":"5210","shipping":"600","discount":"0","tax":"430","total":"5810","currency":"JPY"}}','bdb0207792a4750ed3b39244fe797b5a','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'0e89d438c3b79d720a1613f5',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(38,2,'#1012','','ready',0,0,NULL,NULL,1796052741815,1796090465000,1796101200000,1796101200000,0,'',0,1,3,'試験 花子','北海道',0,'{"buyer":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4440","shipping":"600","discount":"0","tax":"373","total":"5040","currency":"JPY"}}','3946a57d35559f1d9b09ba13eda0efc5','yamato_b2','takkyubin','','ambient',51,'2026-12-01','','',0,1,'41ae3eb8734474b2c84ee28e',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(39,2,'#1013','','ready',0,0,NULL,NULL,1796052741815,1796091125000,1796101200000,1796101200000,0,'',0,1,1,'試作 洋子','広島県',0,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"760","shipping":"600","discount":"0","tax":"101","total":"1360","currency":"JPY"}}','a0e637c197963f61ca88605592b70fd5','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'851ab0d10ed962a3c8f824af',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(40,2,'#1014','','ready',0,0,NULL,NULL,1796052741815,1796091785000,1796101200000,1796101200000,0,'',0,1,5,'見本田 光','香川県',0,'{"buyer":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4950","shipping":"600","discount":"0","tax":"411","total":"5550","currency":"JPY"}}','8092abe280892db9bb4e1ede44d2c3dc','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'fdff1eef3adca704cd87d346',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(41,2,'#1015','','received',1,0,NULL,NULL,1796052741815,1796092445000,1796101200000,1796101200000,0,'',0,2,3,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2200","shipping":"600","discount":"0","tax":"207","total":"2800","currency":"JPY"}}','f856456a8eca15751db422eb23e3b549','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(42,2,'#1016','','released',0,1,2,4,1796052741815,1796096705000,1796101200000,1796101200000,0,'',0,2,2,'例示 誠','宮城県',0,'{"buyer":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"600","discount":"0","tax":"157","total":"2120","currency":"JPY"}}','c96bd79bf9aa68fcb2bcb438b74db6f9','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'6eccd1318a9943f4001b6dda',NULL,0,NULL,1);
INSERT INTO "orders" VALUES(43,2,'#1017','','received',2,0,NULL,NULL,1796052741815,1796097365000,1796101200000,1796101200000,0,'',0,1,2,'Example Person','',0,'{"buyer":{"name":"試谷 恵","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1016","country":"JP"},"ship_to":{"name":"Example Person","postcode":"ZZ1 1ZZ","city":"Exampleville","street":"1 Sample Street","phone":"+44 0000 000000","country":"GB"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2640","shipping":"600","discount":"0","tax":"240","total":"3240","currency":"JPY"}}','480fba07238255822f3d902e7c7a6fdd','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'',NULL,0,NULL,0);
INSERT INTO "orders" VALUES(44,2,'#1019','','released',0,1,2,1,1796052741815,1796095085000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','福岡県',0,'{"buyer":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2400","shipping":"600","discount":"0","tax":"222","total":"3000","currency":"JPY"}}','12a7aa0044e0b56a0aff31af32f455a5','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'dcf93b576ae4de6d4fa64c87',NULL,0,NULL,1);
INSERT INTO "orders" VALUES(45,2,'#1020','','ready',0,0,NULL,NULL,1796052741815,1796095745000,1796101200000,1796101200000,0,'',0,2,4,'株式会社かくう 例井 直樹','沖縄県',0,'{"buyer":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"ship_to":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3040","shipping":"600","discount":"0","tax":"270","total":"3640","currency":"JPY"}}','02188e0b725a85c0d3abc1ac51a96cef','yamato_b2','takkyubin','','ambient',56,'2026-12-01','','',0,1,'d4d22dcef4248c4111c315dd',NULL,0,NULL,0);
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
INSERT INTO "parcels" VALUES(1,12,1,'closed','bench-1',1796052741988,1796052742022,'','1-012-1',NULL);
INSERT INTO "parcels" VALUES(2,29,1,'closed','bench-1',1796052742036,1796052742052,'','1-011-1',NULL);
INSERT INTO "parcels" VALUES(3,28,1,'open','bench-1',1796052742292,NULL,'','1-008-1',NULL);
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
CREATE TABLE pick_steps (
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	pick_id INTEGER, 
	product_id INTEGER, 
	quantity INTEGER DEFAULT 0 NOT NULL, 
	code VARCHAR DEFAULT '' NOT NULL, 
	lot VARCHAR DEFAULT '' NOT NULL, 
	source VARCHAR DEFAULT '' NOT NULL, 
	target VARCHAR DEFAULT '' NOT NULL, 
	tote VARCHAR DEFAULT '' NOT NULL, 
	reason VARCHAR DEFAULT '' NOT NULL, 
	undone VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_pick_steps PRIMARY KEY (id), 
	CONSTRAINT fk_pick_steps_job_id_jobs FOREIGN KEY(job_id) REFERENCES jobs (id)
);
INSERT INTO "pick_steps" VALUES(1,1,'3c0b0f62-f8d1-4b38-af37-f407dc445b45','put',1,5,1,'4599990001136','','shelf:A-02-01','picked:44','2-1-1','','');
INSERT INTO "pick_steps" VALUES(2,1,'abc82523-0165-4f1b-af58-9aaa55f3be3a','put',2,5,1,'4599990001136','','shelf:A-02-01','picked:44','2-1-1','','');
INSERT INTO "pick_steps" VALUES(3,1,'15e5522d-9680-4704-93b4-363e0c34780e','put',3,5,1,'4599990001136','','shelf:A-02-01','picked:36','2-1-2','','');
INSERT INTO "pick_steps" VALUES(4,1,'96515fa6-5095-43f8-a8f4-c223c4f543eb','put',4,6,1,'4599990001143','','shelf:A-02-02','picked:36','2-1-2','','');
INSERT INTO "pick_steps" VALUES(5,1,'452e5c2d-ea00-4f9a-a413-71b74016c9c3','put',5,6,4,'4599990001143','','shelf:A-02-02','picked:17','2-1-3','','');
INSERT INTO "pick_steps" VALUES(6,1,'dd665318-df12-4dd6-acd0-3acdb15ba68d','short',6,10,1,'','','','','','missing','');
CREATE TABLE picks (
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	product_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	shelf VARCHAR DEFAULT '' NOT NULL, 
	lot VARCHAR DEFAULT '' NOT NULL, 
	slot INTEGER DEFAULT 0 NOT NULL, 
	wanted INTEGER NOT NULL, 
	done INTEGER DEFAULT 0 NOT NULL, 
	short INTEGER DEFAULT 0 NOT NULL, 
	skipped INTEGER DEFAULT 0 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	told SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_picks PRIMARY KEY (id), 
	CONSTRAINT ck_picks_counts CHECK (done >= 0 AND short >= 0 AND done + short <= wanted), 
	CONSTRAINT fk_picks_job_id_jobs FOREIGN KEY(job_id) REFERENCES jobs (id), 
	CONSTRAINT fk_picks_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_picks_line_id_order_lines FOREIGN KEY(line_id) REFERENCES order_lines (id), 
	CONSTRAINT fk_picks_product_id_products FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "picks" VALUES(1,1,44,76,5,1,'A-02-01','',1,1,1,0,0,1,0);
INSERT INTO "picks" VALUES(2,1,44,77,5,1,'A-02-01','',1,1,1,0,0,1,0);
INSERT INTO "picks" VALUES(3,1,36,64,5,1,'A-02-01','',2,1,1,0,0,1,0);
INSERT INTO "picks" VALUES(4,1,36,63,6,2,'A-02-02','',2,1,1,0,0,1,0);
INSERT INTO "picks" VALUES(5,1,17,29,6,2,'A-02-02','',3,4,4,0,0,1,0);
INSERT INTO "picks" VALUES(6,1,42,73,10,3,'A-03-02','',4,1,0,1,0,1,0);
INSERT INTO "picks" VALUES(7,1,42,74,11,4,'A-03-03','',4,1,0,0,0,1,0);
INSERT INTO "picks" VALUES(8,1,16,27,14,5,'A-04-02','',5,1,0,0,0,1,0);
INSERT INTO "picks" VALUES(9,1,16,28,15,6,'A-04-03','',5,1,0,0,0,1,0);
INSERT INTO "picks" VALUES(10,1,22,36,21,7,'B-02-01','',6,2,0,0,0,1,0);
INSERT INTO "picks" VALUES(11,1,22,35,22,8,'B-02-02','',6,2,0,0,0,1,0);
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
INSERT INTO "print_jobs" VALUES(1,'9e787780-738c-4055-8226-0ec83aefe232',1796052741914,'office','pick_list',NULL,1,0,'','waiting',0,0,'','');
INSERT INTO "print_jobs" VALUES(2,'9e787780-738c-4055-8226-0ec83aefe232',1796052741914,'office','slips',NULL,1,0,'','waiting',0,0,'','');
INSERT INTO "print_jobs" VALUES(3,'ee850332-36ab-42a0-9398-e8d1e2d88c55',1796052742105,'office','slips',NULL,2,0,'','waiting',0,0,'','');
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
	lot_policy VARCHAR DEFAULT 'none' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, on_sale_from VARCHAR(10) DEFAULT '' NOT NULL, lot_from VARCHAR(8) DEFAULT 'auto' NOT NULL, min_days INTEGER, keyed SMALLINT DEFAULT 0 NOT NULL, no_code SMALLINT DEFAULT 0 NOT NULL, unit_scan SMALLINT DEFAULT 0 NOT NULL, alike SMALLINT DEFAULT 0 NOT NULL, fragile SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT uq_products_sku UNIQUE (sku)
);
INSERT INTO "products" VALUES(1,'MAT-050','mat-050','有機抹茶パウダー 50g','Organic matcha powder 50 g','04599990001013',62,140,90,20,'/opt/kenpin/resources/demo/pictures/MAT-050.png','A-01-01','lot_expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(2,'MAT-100','mat-100','有機抹茶パウダー 100g','Organic matcha powder 100 g','04599990001020',114,170,110,25,'/opt/kenpin/resources/demo/pictures/MAT-100.png','A-01-02','lot_expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(3,'HOJ-080','hoj-080','深煎りほうじ茶 80g','Dark roasted hojicha 80 g','04599990001112',92,210,120,40,'/opt/kenpin/resources/demo/pictures/HOJ-080.png','A-01-03','expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(4,'HOJ-T20','hoj-t20','深煎りほうじ茶 ティーバッグ 20袋','Dark roasted hojicha, 20 tea bags','04599990001129',66,150,100,70,'/opt/kenpin/resources/demo/pictures/HOJ-T20.png','A-01-04','expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(5,'SEN-100','sen-100','朝露せんちゃ 100g','Asatsuyu sencha 100 g','04599990001136',112,210,120,40,'/opt/kenpin/resources/demo/pictures/SEN-100.png','A-02-01','none','ambient','','auto',NULL,0,0,0,0,0);
INSERT INTO "products" VALUES(6,'GEN-200','gen-200','玄米茶 ふくろう印 200g','Owl genmaicha 200 g','04599990001143',214,240,130,50,'/opt/kenpin/resources/demo/pictures/GEN-200.png','A-02-02','none','ambient','','auto',NULL,0,0,0,0,0);
INSERT INTO "products" VALUES(7,'COF-MED','cof-med','みさき珈琲 豆 中煎り 200g','Misaki coffee beans, medium roast 200 g','04599990002010',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-MED.png','A-02-03','expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(8,'COF-DRK','cof-drk','みさき珈琲 豆 深煎り 200g','Misaki coffee beans, dark roast 200 g','04599990002027',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-DRK.png','A-02-04','expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(9,'COF-DRP','cof-drp','みさき珈琲 ドリップ 10袋','Misaki drip coffee, 10 bags','04599990002034',120,180,130,60,'/opt/kenpin/resources/demo/pictures/COF-DRP.png','A-03-01','none','ambient','','auto',NULL,1,0,0,0,0);
INSERT INTO "products" VALUES(10,'YUZ-150','yuz-150','ゆずしお 150g','Yuzu salt 150 g','04599990003017',260,60,60,110,'/opt/kenpin/resources/demo/pictures/YUZ-150.png','A-03-02','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(11,'YUZ-300','yuz-300','ゆずしお 300g','Yuzu salt 300 g','04599990003024',470,75,75,130,'/opt/kenpin/resources/demo/pictures/YUZ-300.png','A-03-03','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(12,'MIS-AKA','mis-aka','ひなた味噌 赤 500g','Hinata miso, red 500 g','04599990003116',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-AKA.png','A-03-04','expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(13,'MIS-SHI','mis-shi','ひなた味噌 白 500g','Hinata miso, white 500 g','04599990003123',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-SHI.png','A-04-01','expiry','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(14,'SHO-300','sho-300','こいくちしょうゆ くじら 300ml','Kujira soy sauce 300 ml','04599990003215',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-300.png','A-04-02','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(15,'SHO-USU','sho-usu','うすくちしょうゆ くじら 300ml','Kujira light soy sauce 300 ml','04599990003222',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-USU.png','A-04-03','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(16,'HON-180','hon-180','れんげはちみつ 180g','Milk vetch honey 180 g','04599990003314',330,65,65,95,'/opt/kenpin/resources/demo/pictures/HON-180.png','A-04-04','none','ambient','','auto',NULL,0,0,0,0,0);
INSERT INTO "products" VALUES(17,'JAM-ICH','jam-ich','いちごジャム 木苺舎 150g','Strawberry jam 150 g','04599990003413',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-ICH.png','B-01-01','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(18,'JAM-BLU','jam-blu','ブルーベリージャム 木苺舎 150g','Blueberry jam 150 g','04599990003420',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-BLU.png','B-01-02','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(19,'CUP-BLU','cup-blu','湯のみ なみ紋 青','Tea cup, wave pattern, blue','04599990004014',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-BLU.png','B-01-03','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(20,'CUP-RED','cup-red','湯のみ なみ紋 赤','Tea cup, wave pattern, red','04599990004021',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-RED.png','B-01-04','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(21,'TOW-IND','tow-ind','てぬぐい 千鳥 藍','Towel, plovers, indigo','04599990004113',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-IND.png','B-02-01','none','ambient','','auto',NULL,1,0,0,1,0);
INSERT INTO "products" VALUES(22,'TOW-SAK','tow-sak','てぬぐい 千鳥 桜','Towel, plovers, cherry','04599990004120',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-SAK.png','B-02-02','none','ambient','','auto',NULL,0,0,0,1,0);
INSERT INTO "products" VALUES(23,'FUR-045','fur-045','ふろしき 45cm 市松','Wrapping cloth 45 cm','04599990004212',58,220,160,10,'/opt/kenpin/resources/demo/pictures/FUR-045.png','B-02-03','none','ambient','','auto',NULL,0,0,0,0,0);
INSERT INTO "products" VALUES(24,'CHA-SEN','cha-sen','茶せん 八十本立','Tea whisk, 80 prongs','04599990004311',38,75,75,125,'/opt/kenpin/resources/demo/pictures/CHA-SEN.png','B-02-04','none','ambient','','auto',NULL,0,0,0,0,0);
INSERT INTO "products" VALUES(25,'TIM-001','tim-001','砂時計 3分 木枠','Sand timer, 3 minutes','04599990004410',165,70,70,120,'/opt/kenpin/resources/demo/pictures/TIM-001.png','B-03-01','serial','ambient','','auto',NULL,0,0,0,0,0);
INSERT INTO "products" VALUES(26,'GFT-BOX','gft-box','ギフト箱 中（包装つき）','Gift box, medium','',140,260,200,90,'/opt/kenpin/resources/demo/pictures/GFT-BOX.png','B-03-02','none','ambient','','auto',NULL,0,1,0,0,0);
CREATE TABLE promised (
	product_id INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_promised PRIMARY KEY (product_id), 
	CONSTRAINT fk_promised_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "promised" VALUES(1,12);
INSERT INTO "promised" VALUES(2,5);
INSERT INTO "promised" VALUES(3,2);
INSERT INTO "promised" VALUES(4,3);
INSERT INTO "promised" VALUES(5,3);
INSERT INTO "promised" VALUES(6,1);
INSERT INTO "promised" VALUES(7,3);
INSERT INTO "promised" VALUES(8,4);
INSERT INTO "promised" VALUES(9,4);
INSERT INTO "promised" VALUES(10,5);
INSERT INTO "promised" VALUES(11,4);
INSERT INTO "promised" VALUES(12,5);
INSERT INTO "promised" VALUES(13,4);
INSERT INTO "promised" VALUES(14,15);
INSERT INTO "promised" VALUES(15,3);
INSERT INTO "promised" VALUES(16,2);
INSERT INTO "promised" VALUES(17,3);
INSERT INTO "promised" VALUES(18,1);
INSERT INTO "promised" VALUES(19,2);
INSERT INTO "promised" VALUES(20,3);
INSERT INTO "promised" VALUES(21,3);
INSERT INTO "promised" VALUES(22,7);
INSERT INTO "promised" VALUES(23,3);
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
INSERT INTO "releases" VALUES(2,1,44,1,NULL);
INSERT INTO "releases" VALUES(2,2,36,1,NULL);
INSERT INTO "releases" VALUES(2,3,17,1,NULL);
INSERT INTO "releases" VALUES(2,4,42,1,NULL);
INSERT INTO "releases" VALUES(2,5,16,1,NULL);
INSERT INTO "releases" VALUES(2,6,22,1,NULL);
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
CREATE TABLE shelves (
	code VARCHAR NOT NULL, 
	zone VARCHAR DEFAULT '' NOT NULL, 
	aisle VARCHAR DEFAULT '' NOT NULL, 
	bay VARCHAR DEFAULT '' NOT NULL, 
	level VARCHAR DEFAULT '' NOT NULL, 
	x_mm INTEGER, 
	y_mm INTEGER, 
	CONSTRAINT pk_shelves PRIMARY KEY (code)
);
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
	seen_at BIGINT DEFAULT 0 NOT NULL, off_by SMALLINT DEFAULT 0 NOT NULL, off_order INTEGER, last_code TEXT DEFAULT '' NOT NULL, refused TEXT DEFAULT '' NOT NULL, job_id INTEGER, picking TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_stations PRIMARY KEY (name)
);
INSERT INTO "stations" VALUES('office',33,'070869d904001811f98ee3a0ce5aac5d6faa745e2d608d9f911babcc073c651e',NULL,NULL,NULL,'','','','',1796052742158,0,NULL,'','',NULL,'');
INSERT INTO "stations" VALUES('bench-1',13,'fe7e323fd23339cf682bdf03983c988904dcc4f694154b4d34de80d031c46c28',28,3,2,'','code.unknown','refused','04599999999991',1796052742298,0,NULL,'','',NULL,'');
INSERT INTO "stations" VALUES('cart-1',28,'ff81fd0e8d746705cbb63282be268bfcff5ce88052871437f9d2cbe1aaf91c3e',NULL,NULL,4,'','hand.taken','ok','',1796052742286,0,NULL,'','',1,'{"last_code": "4599990003024"}');
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
INSERT INTO "steps" VALUES(1,12,1,'a8d7fcfe-fde4-48c0-9237-ae3fc7927ad1','pack',21,22,'04599990004120',1,'','shelf:B-02-02','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(2,12,1,'06794f42-c25b-4676-9e64-e4868e8931b8','pack',22,23,'04599990004212',1,'','shelf:B-02-03','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(3,12,1,'c2c18fdc-1c71-4c9b-862b-777683e3e79d','attach',NULL,NULL,'795252780000',0,'','','','',12,'','','',NULL);
INSERT INTO "steps" VALUES(4,12,1,'c2c18fdc-1c71-4c9b-862b-777683e3e79d','close',NULL,NULL,'',0,'','','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(5,29,2,'dbcc751b-6b16-42a9-924e-166e90a183f4','pack',49,21,'04599990004113',1,'','shelf:B-02-01','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(6,29,2,'ac41ba96-8b02-43b4-bbcf-71b4923dc4c3','pack',50,22,'04599990004120',1,'','shelf:B-02-02','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(7,29,2,'d9376e5c-9bdc-4b58-9eb1-ef4f6121e6f7','pack',51,23,'04599990004212',1,'','shelf:B-02-03','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(8,29,2,'132c37de-2c25-4455-8373-6a426d4a3b60','attach',NULL,NULL,'883083829261',0,'','','','',11,'','','',NULL);
INSERT INTO "steps" VALUES(9,29,2,'132c37de-2c25-4455-8373-6a426d4a3b60','close',NULL,NULL,'',0,'','','','',NULL,'','','',NULL);
INSERT INTO "steps" VALUES(10,28,3,'9494bad7-cef4-40e2-a6e0-d51c1265eda0','pack',48,19,'04599990004014',1,'','shelf:B-01-03','','',NULL,'','','',NULL);
CREATE TABLE tallies (
	shard VARCHAR(64) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	number BIGINT NOT NULL, 
	CONSTRAINT pk_tallies PRIMARY KEY (shard, shop_id, state)
);
INSERT INTO "tallies" VALUES('',1,'ready',5);
INSERT INTO "tallies" VALUES('',1,'received',9);
INSERT INTO "tallies" VALUES('',1,'cancelled',1);
INSERT INTO "tallies" VALUES('',2,'ready',4);
INSERT INTO "tallies" VALUES('',2,'received',7);
INSERT INTO "tallies" VALUES('',2,'cancelled',1);
INSERT INTO "tallies" VALUES('',2,'released',7);
INSERT INTO "tallies" VALUES('',1,'released',11);
INSERT INTO "tallies" VALUES('bench-1',1,'released',-1);
INSERT INTO "tallies" VALUES('bench-1',1,'verified',1);
INSERT INTO "tallies" VALUES('bench-1',2,'released',-1);
INSERT INTO "tallies" VALUES('bench-1',2,'verified',1);
CREATE TABLE waves (
	batch BIGINT NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	station VARCHAR DEFAULT '' NOT NULL, 
	person_id INTEGER, 
	mode VARCHAR(16) NOT NULL, 
	state VARCHAR(12) DEFAULT 'open' NOT NULL, 
	rule TEXT DEFAULT '{}' NOT NULL, 
	figures TEXT DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_waves PRIMARY KEY (batch)
);
INSERT INTO "waves" VALUES(2,'ee850332-36ab-42a0-9398-e8d1e2d88c55',1796052742105,'office',NULL,'cart','open','{"orders": 6}','{"orders": 6, "jobs": 1, "lines": 11, "pieces": 16, "mm": 0, "seconds": 96, "litres": 14.4, "kg": 3.36}');
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
INSERT INTO "waybills" VALUES(1,30,1,1,1,1,'1-001-1',1,1,'yamato_b2','takkyubin',0,'numbered','791657526122',0,NULL,'',0,1,1,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(2,7,1,2,1,1,'1-002-1',1,1,'yamato_b2','takkyubin',0,'numbered','509577973214',0,NULL,'',0,1,2,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(3,1,1,3,1,1,'1-003-1',1,1,'yamato_b2','takkyubin',0,'numbered','170735573400',0,NULL,'',0,1,3,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(4,2,1,4,1,1,'1-004-1',1,1,'yamato_b2','takkyubin',0,'numbered','905990901480',0,NULL,'',0,1,4,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(5,5,1,5,1,1,'1-005-1',1,1,'yamato_b2','takkyubin',0,'numbered','706784177853',0,NULL,'',0,1,5,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(6,27,1,6,1,1,'1-006-1',1,1,'yamato_b2','takkyubin',0,'numbered','657050435720',0,NULL,'',0,1,6,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(7,6,1,7,1,1,'1-007-1',1,1,'yamato_b2','takkyubin',0,'numbered','950631818065',0,NULL,'',0,1,7,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(8,28,1,8,1,1,'1-008-1',1,1,'yamato_b2','takkyubin',0,'numbered','465878140280',0,NULL,'',0,1,8,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(9,8,1,9,1,1,'1-009-1',1,1,'yamato_b2','takkyubin',0,'numbered','733991543062',0,NULL,'',0,1,9,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(10,11,1,10,1,1,'1-010-1',1,1,'yamato_b2','takkyubin',0,'numbered','376863968961',0,NULL,'',0,1,10,NULL,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(11,29,1,11,1,1,'1-011-1',1,1,'yamato_b2','takkyubin',0,'attached','883083829261',0,NULL,'',0,1,11,2,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(12,12,1,12,1,1,'1-012-1',1,1,'yamato_b2','takkyubin',0,'attached','795252780000',0,NULL,'',0,1,12,1,1796052741914,1796052741962);
INSERT INTO "waybills" VALUES(13,44,2,1,1,1,'2-001-1',1,1,'yamato_b2','takkyubin',0,'requested','',NULL,NULL,'',0,NULL,NULL,NULL,1796052742105,NULL);
INSERT INTO "waybills" VALUES(14,36,2,2,1,1,'2-002-1',1,1,'yamato_b2','takkyubin',2660,'requested','',NULL,NULL,'',0,NULL,NULL,NULL,1796052742105,NULL);
INSERT INTO "waybills" VALUES(15,17,2,3,1,1,'2-003-1',1,1,'yamato_b2','takkyubin',0,'requested','',NULL,NULL,'',0,NULL,NULL,NULL,1796052742105,NULL);
INSERT INTO "waybills" VALUES(16,42,2,4,1,1,'2-004-1',1,1,'yamato_b2','takkyubin',0,'requested','',NULL,NULL,'',0,NULL,NULL,NULL,1796052742105,NULL);
INSERT INTO "waybills" VALUES(17,16,2,5,1,1,'2-005-1',1,1,'yamato_b2','takkyubin',0,'requested','',NULL,NULL,'',0,NULL,NULL,NULL,1796052742105,NULL);
INSERT INTO "waybills" VALUES(18,22,2,6,1,1,'2-006-1',1,1,'yamato_b2','takkyubin',0,'requested','',NULL,NULL,'',0,NULL,NULL,NULL,1796052742105,NULL);
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
CREATE TRIGGER orders_load_insert AFTER INSERT ON orders WHEN NEW.carrier <> '' BEGIN INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state, NEW.holder, 1 WHERE true ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; END;
CREATE TRIGGER orders_load_update AFTER UPDATE OF state, carrier, cut_off ON orders WHEN NEW.state <> OLD.state OR NEW.carrier <> OLD.carrier OR NEW.cut_off IS NOT OLD.cut_off BEGIN INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state, CASE WHEN NEW.holder <> '' THEN NEW.holder ELSE OLD.holder END, -1 WHERE OLD.carrier <> '' ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state, CASE WHEN NEW.holder <> '' THEN NEW.holder ELSE OLD.holder END, 1 WHERE NEW.carrier <> '' ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; END;
CREATE TRIGGER orders_load_delete AFTER DELETE ON orders WHEN OLD.carrier <> '' BEGIN INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state, OLD.holder, -1 WHERE true ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number; END;
CREATE INDEX ix_overrides_at ON overrides (at);
CREATE INDEX ix_alikes_other_id ON alikes (other_id);
CREATE INDEX ix_steps_serial ON steps (product_id, serial) WHERE serial <> '' AND undone = '';
CREATE INDEX ix_orders_takeable ON orders (queue_at, rank, ordered_at, id) WHERE state IN ('ready','released','picked') AND held = 0 AND holder = '' AND parked = 0 AND lead_id IS NULL AND picking = 0;
CREATE TRIGGER lines_promise_insert AFTER INSERT ON order_lines WHEN NEW.reserved > 0 AND NEW.product_id IS NOT NULL BEGIN INSERT INTO promised (product_id, quantity) SELECT NEW.product_id, max(NEW.reserved - max(NEW.done, NEW.picked), 0) WHERE true ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE TRIGGER lines_promise_update AFTER UPDATE OF reserved, done, picked, product_id ON order_lines WHEN NEW.reserved > 0 OR OLD.reserved > 0 BEGIN INSERT INTO promised (product_id, quantity) SELECT OLD.product_id, -(max(OLD.reserved - max(OLD.done, OLD.picked), 0)) WHERE OLD.product_id IS NOT NULL AND max(OLD.reserved - max(OLD.done, OLD.picked), 0) > 0 ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; INSERT INTO promised (product_id, quantity) SELECT NEW.product_id, max(NEW.reserved - max(NEW.done, NEW.picked), 0) WHERE NEW.product_id IS NOT NULL AND max(NEW.reserved - max(NEW.done, NEW.picked), 0) > 0 ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE TRIGGER lines_promise_delete AFTER DELETE ON order_lines WHEN OLD.reserved > 0 AND OLD.product_id IS NOT NULL BEGIN INSERT INTO promised (product_id, quantity) SELECT OLD.product_id, -(max(OLD.reserved - max(OLD.done, OLD.picked), 0)) WHERE true ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity; END;
CREATE INDEX ix_containers_job_id ON containers (job_id) WHERE job_id IS NOT NULL;
CREATE INDEX ix_containers_order_id ON containers (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX ix_waves_open ON waves (batch) WHERE state = 'open';
CREATE INDEX ix_jobs_takeable ON jobs (stage, due, id) WHERE state IN ('waiting','paused') AND holder = '' AND blocked = 0;
CREATE INDEX ix_jobs_active ON jobs (lease_until) WHERE state = 'active';
CREATE INDEX ix_jobs_after_id ON jobs (after_id);
CREATE INDEX ix_picks_job_id ON picks (job_id);
CREATE INDEX ix_picks_order_id ON picks (order_id);
CREATE INDEX ix_picks_line_id ON picks (line_id);
CREATE INDEX ix_pick_steps_standing ON pick_steps (job_id, id) WHERE undone = '';
CREATE INDEX ix_counts_open ON counts (product_id, shelf) WHERE done_at IS NULL;
CREATE TRIGGER orders_free AFTER UPDATE OF state ON orders WHEN OLD.state IN ('released', 'picked') AND NEW.state NOT IN ('released', 'picked') BEGIN UPDATE containers SET order_id = NULL, taken_at = CASE WHEN job_id IS NULL THEN NULL ELSE taken_at END WHERE order_id = NEW.id; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batches',2);
COMMIT;
