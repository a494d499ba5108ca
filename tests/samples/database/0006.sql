BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
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
INSERT INTO "balances" VALUES(1,'parcel:3','M260701',1);
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','M260701',80);
INSERT INTO "balances" VALUES(1,'supplier','M260701',-84);
INSERT INTO "balances" VALUES(2,'parcel:1','M260702',1);
INSERT INTO "balances" VALUES(2,'parcel:2','M260702',1);
INSERT INTO "balances" VALUES(2,'shelf:A-01-02','M260702',58);
INSERT INTO "balances" VALUES(2,'supplier','M260702',-60);
INSERT INTO "balances" VALUES(3,'shelf:A-01-03','2027-06-17',48);
INSERT INTO "balances" VALUES(3,'supplier','2027-06-17',-48);
INSERT INTO "balances" VALUES(4,'shelf:A-01-04','2027-08-17',72);
INSERT INTO "balances" VALUES(4,'supplier','2027-08-17',-72);
INSERT INTO "balances" VALUES(5,'shelf:A-02-01','',55);
INSERT INTO "balances" VALUES(5,'supplier','',-55);
INSERT INTO "balances" VALUES(6,'shelf:A-02-02','',40);
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
INSERT INTO "balances" VALUES(24,'shelf:B-02-04','',18);
INSERT INTO "balances" VALUES(24,'supplier','',-18);
INSERT INTO "balances" VALUES(26,'shelf:B-03-02','',50);
INSERT INTO "balances" VALUES(26,'supplier','',-50);
CREATE TABLE batches (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	act VARCHAR NOT NULL
, station VARCHAR DEFAULT '' NOT NULL, person_id INTEGER, size INTEGER DEFAULT 0 NOT NULL);
INSERT INTO "batches" VALUES(1,1796076466478,'693fbeef-3d64-4186-b5b0-b4ed0070b181','1',NULL,12);
CREATE TABLE boxes (
	parcel_id INTEGER NOT NULL, 
	piece SMALLINT NOT NULL, 
	carton VARCHAR DEFAULT '' NOT NULL, 
	weight_g INTEGER, 
	expected_g INTEGER, 
	tolerance_g INTEGER, 
	why VARCHAR DEFAULT '' NOT NULL, 
	weighed_at BIGINT, 
	CONSTRAINT pk_boxes PRIMARY KEY (parcel_id, piece), 
	CONSTRAINT fk_boxes_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcels (id)
);
INSERT INTO "boxes" VALUES(1,1,'S60-T',NULL,NULL,NULL,'',NULL);
INSERT INTO "boxes" VALUES(2,1,'S60-T',NULL,NULL,NULL,'',NULL);
CREATE TABLE buyers (
	"key" BIGINT NOT NULL, 
	order_id INTEGER NOT NULL, 
	CONSTRAINT pk_buyers PRIMARY KEY ("key", order_id), 
	CONSTRAINT fk_buyers_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 WITHOUT ROWID

;
CREATE TABLE carrier_accounts (
	shop_id INTEGER NOT NULL, 
	carrier VARCHAR(32) NOT NULL, 
	name VARCHAR(32) NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_carrier_accounts PRIMARY KEY (shop_id, carrier, name)
);
INSERT INTO "carrier_accounts" VALUES(0,'yamato_b2','customer_code','000000000000');
INSERT INTO "carrier_accounts" VALUES(0,'sagawa_e3','customer_code','000000000000');
CREATE TABLE carton_choices (
	id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	act VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	person_id INTEGER, 
	order_id INTEGER NOT NULL, 
	box SMALLINT DEFAULT 1 NOT NULL, 
	goods VARCHAR NOT NULL, 
	proposed VARCHAR DEFAULT '' NOT NULL, 
	chosen VARCHAR NOT NULL, 
	reason VARCHAR(16) DEFAULT '' NOT NULL, 
	undone VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_carton_choices PRIMARY KEY (id)
);
CREATE TABLE carton_plans (
	order_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	goods VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_carton_plans PRIMARY KEY (order_id), 
	CONSTRAINT fk_carton_plans_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
INSERT INTO "carton_plans" VALUES(1,0,1796076466467,'1x1,24x1','{"digest":"4527f687003f0e7f3676c1dd2eded469","goods":{"CHA-SEN":[[75,75,125],38,"any",1,0,0,"ambient",null,20],"MAT-050":[[140,90,20],62,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S60","instead":["S80","S80-H","S100","S120"],"learned":"","carton":[[235,170,130],[241,176,143],140,10000,838,"box","60"],"put":[["1:1","MAT-050",0,0,0,90,140,20],["2:1","CHA-SEN",90,0,0,115,165,115]]}],"problems":[],"other_service":false,"plan":"[[\"S60\",[[1,1],[2,1]],[\"S80\",\"S80-H\",\"S100\",\"S120\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(2,0,1796076466467,'2x1','{"digest":"02ffa15125f6f06537db34e33ba50d85","goods":{"MAT-100":[[170,110,25],114,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S60-T","instead":["S60","S80","S80-H","S100"],"learned":"","carton":[[270,200,75],[276,206,88],130,10000,835,"box","60"],"put":[["3:1","MAT-100",0,0,0,110,170,25]]}],"problems":[],"other_service":false,"plan":"[[\"S60-T\",[[3,1]],[\"S60\",\"S80\",\"S80-H\",\"S100\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(5,0,1796076466467,'7x1,8x1','{"digest":"03e6f5d4e18822c08a60eabf12d02f23","goods":{"COF-DRK":[[220,110,60],212,"any",0,0,0,"ambient",null,0],"COF-MED":[[220,110,60],212,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S60","instead":["S80","S80-H","S100","S120"],"learned":"","carton":[[235,170,130],[241,176,143],140,10000,838,"box","60"],"put":[["9:1","COF-DRK",0,0,0,220,110,60],["8:1","COF-MED",0,110,0,220,60,110]]}],"problems":[],"other_service":false,"plan":"[[\"S60\",[[9,1],[8,1]],[\"S80\",\"S80-H\",\"S100\",\"S120\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(6,0,1796076466467,'14x12','{"digest":"a15b85531cd8c8753cde662101a71783","goods":{"SHO-300":[[62,62,205],520,"upright",1,1,0,"ambient",null,20]},"boxes":[{"code":"S120","instead":[],"learned":"","carton":[[450,350,320],[456,356,333],560,25000,1590,"box","120"],"put":[["10:1","SHO-300",0,0,0,102,102,245],["10:2","SHO-300",102,0,0,102,102,245],["10:3","SHO-300",204,0,0,102,102,245],["10:4","SHO-300",306,0,0,102,102,245],["10:5","SHO-300",0,102,0,102,102,245],["10:6","SHO-300",102,102,0,102,102,245],["10:7","SHO-300",204,102,0,102,102,245],["10:8","SHO-300",306,102,0,102,102,245],["10:9","SHO-300",0,204,0,102,102,245],["10:10","SHO-300",102,204,0,102,102,245],["10:11","SHO-300",204,204,0,102,102,245],["10:12","SHO-300",306,204,0,102,102,245]]}],"problems":[],"other_service":false,"plan":"[[\"S120\",[[10,12]],[]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(7,0,1796076466467,'1x1,2x1','{"digest":"96ff8b8721b1a2bbfb88a929706f54c7","goods":{"MAT-050":[[140,90,20],62,"any",0,0,0,"ambient",null,0],"MAT-100":[[170,110,25],114,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S60-T","instead":["S60","S80","S80-H","S100"],"learned":"","carton":[[270,200,75],[276,206,88],130,10000,835,"box","60"],"put":[["12:1","MAT-100",0,0,0,110,170,25],["11:1","MAT-050",110,0,0,90,140,20]]}],"problems":[],"other_service":false,"plan":"[[\"S60-T\",[[12,1],[11,1]],[\"S60\",\"S80\",\"S80-H\",\"S100\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(8,0,1796076466467,'19x1,20x1,26x1','{"digest":"f935b80a0bdffb9c9d15524a96487b31","goods":{"CUP-BLU":[[90,90,95],310,"any",1,0,0,"ambient",null,20],"CUP-RED":[[90,90,95],310,"any",1,0,0,"ambient",null,20],"GFT-BOX":[[260,200,90],140,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S80-H","instead":["S100","S120"],"learned":"","carton":[[260,220,240],[266,226,253],260,15000,1042,"box","80"],"put":[["15:1","GFT-BOX",0,0,0,260,200,90],["13:1","CUP-BLU",0,0,90,130,135,130],["14:1","CUP-RED",130,0,90,130,135,130]]}],"problems":[],"other_service":false,"plan":"[[\"S80-H\",[[15,1],[13,1],[14,1]],[\"S100\",\"S120\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(11,0,1796076466467,'21x1','{"digest":"7d2f4541eca1e3ede9c09e068adbb1c5","goods":{"TOW-IND":[[200,110,10],45,"lying",0,0,0,"ambient",6,0]},"boxes":[{"code":"S60-T","instead":["S60","S80","S80-H","S100"],"learned":"","carton":[[270,200,75],[276,206,88],130,10000,835,"box","60"],"put":[["20:1","TOW-IND",0,0,0,110,200,10]]}],"problems":[],"other_service":false,"plan":"[[\"S60-T\",[[20,1]],[\"S60\",\"S80\",\"S80-H\",\"S100\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(12,0,1796076466467,'22x1,23x1','{"digest":"1263798b4738f0af248fbd9ecd70adc4","goods":{"FUR-045":[[220,160,10],58,"lying",0,0,0,"ambient",7,0],"TOW-SAK":[[200,110,10],45,"lying",0,0,0,"ambient",6,0]},"boxes":[{"code":"S60-T","instead":["S60","S80","S80-H","S100"],"learned":"","carton":[[270,200,75],[276,206,88],130,10000,835,"box","60"],"put":[["22:1","FUR-045",0,0,0,220,160,10],["21:1","TOW-SAK",0,0,10,110,200,10]]}],"problems":[],"other_service":false,"plan":"[[\"S60-T\",[[22,1],[21,1]],[\"S60\",\"S80\",\"S80-H\",\"S100\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(27,0,1796076466467,'7x1,9x1','{"digest":"ab8097e4ebb96fdc4c0567b681751550","goods":{"COF-DRP":[[180,130,60],120,"any",0,0,0,"ambient",null,0],"COF-MED":[[220,110,60],212,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S60","instead":["S80","S80-H","S100","S120"],"learned":"","carton":[[235,170,130],[241,176,143],140,10000,838,"box","60"],"put":[["46:1","COF-MED",0,0,0,220,110,60],["47:1","COF-DRP",0,110,0,180,60,130]]}],"problems":[],"other_service":false,"plan":"[[\"S60\",[[46,1],[47,1]],[\"S80\",\"S80-H\",\"S100\",\"S120\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(28,0,1796076466467,'19x2','{"digest":"d16ad390e5479292db8daa781286c41e","goods":{"CUP-BLU":[[90,90,95],310,"any",1,0,0,"ambient",null,20]},"boxes":[{"code":"S80","instead":["S80-H","S100","S120"],"learned":"","carton":[[320,230,180],[326,236,193],230,15000,1034,"box","80"],"put":[["48:1","CUP-BLU",0,0,0,130,135,130],["48:2","CUP-BLU",130,0,0,130,135,130]]}],"problems":[],"other_service":false,"plan":"[[\"S80\",[[48,2]],[\"S80-H\",\"S100\",\"S120\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(29,0,1796076466467,'21x1,22x1,23x1','{"digest":"937b9e855b0123b93317c8667a81dae3","goods":{"FUR-045":[[220,160,10],58,"lying",0,0,0,"ambient",7,0],"TOW-IND":[[200,110,10],45,"lying",0,0,0,"ambient",6,0],"TOW-SAK":[[200,110,10],45,"lying",0,0,0,"ambient",6,0]},"boxes":[{"code":"S60-T","instead":["S60","S80","S80-H","S100"],"learned":"","carton":[[270,200,75],[276,206,88],130,10000,835,"box","60"],"put":[["51:1","FUR-045",0,0,0,220,160,10],["49:1","TOW-IND",0,0,10,110,200,10],["50:1","TOW-SAK",110,0,10,110,200,10]]}],"problems":[],"other_service":false,"plan":"[[\"S60-T\",[[51,1],[49,1],[50,1]],[\"S60\",\"S80\",\"S80-H\",\"S100\"]]]","pieces":null}');
INSERT INTO "carton_plans" VALUES(30,0,1796076466467,'1x2,2x1','{"digest":"46a3890bf24367710cefcf6ab349f453","goods":{"MAT-050":[[140,90,20],62,"any",0,0,0,"ambient",null,0],"MAT-100":[[170,110,25],114,"any",0,0,0,"ambient",null,0]},"boxes":[{"code":"S60-T","instead":["S60","S80","S80-H","S100"],"learned":"","carton":[[270,200,75],[276,206,88],130,10000,835,"box","60"],"put":[["52:1","MAT-100",0,0,0,110,170,25],["53:1","MAT-050",110,0,0,90,140,20],["53:2","MAT-050",110,0,20,90,140,20]]}],"problems":[],"other_service":false,"plan":"[[\"S60-T\",[[52,1],[53,2]],[\"S60\",\"S80\",\"S80-H\",\"S100\"]]]","pieces":null}');
CREATE TABLE carton_weights (
	code VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	mean_mg BIGINT NOT NULL, 
	sd_mg BIGINT NOT NULL, 
	doubt_mg BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_carton_weights PRIMARY KEY (code)
);
CREATE TABLE cartons (
	code VARCHAR NOT NULL, 
	name VARCHAR DEFAULT '' NOT NULL, 
	kind VARCHAR(8) DEFAULT 'box' NOT NULL, 
	inner_length_mm INTEGER NOT NULL, 
	inner_width_mm INTEGER NOT NULL, 
	inner_height_mm INTEGER NOT NULL, 
	outer_length_mm INTEGER NOT NULL, 
	outer_width_mm INTEGER NOT NULL, 
	outer_height_mm INTEGER NOT NULL, 
	tare_g INTEGER DEFAULT 0 NOT NULL, 
	max_g INTEGER NOT NULL, 
	cost_yen INTEGER DEFAULT 0 NOT NULL, 
	carriage_yen INTEGER DEFAULT 0 NOT NULL, 
	carrier_class VARCHAR DEFAULT '' NOT NULL, 
	services TEXT DEFAULT '' NOT NULL, 
	stock INTEGER, 
	low INTEGER DEFAULT 0 NOT NULL, 
	retired SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_cartons PRIMARY KEY (code)
);
INSERT INTO "cartons" VALUES('NP-30','ネコポス箱','mailer',304,220,26,312,228,30,52,950,38,250,'ネコポス','yamato_b2/nekopos',180,50,0);
INSERT INTO "cartons" VALUES('CP-BOX','宅急便コンパクト箱','mailer',246,196,46,250,200,50,78,3000,70,560,'コンパクト','yamato_b2/compact',95,30,0);
INSERT INTO "cartons" VALUES('S60-T','60サイズ 浅型','box',270,200,75,276,206,88,130,10000,55,780,'60','yamato_b2/takkyubin,sagawa_e3/hikyaku',138,40,0);
INSERT INTO "cartons" VALUES('S60','60サイズ','box',235,170,130,241,176,143,140,10000,58,780,'60','yamato_b2/takkyubin,sagawa_e3/hikyaku',220,60,0);
INSERT INTO "cartons" VALUES('S80','80サイズ','box',320,230,180,326,236,193,230,15000,84,950,'80','yamato_b2/takkyubin,sagawa_e3/hikyaku',160,40,0);
INSERT INTO "cartons" VALUES('S80-H','80サイズ びん用','box',260,220,240,266,226,253,260,15000,92,950,'80','yamato_b2/takkyubin,sagawa_e3/hikyaku',24,30,0);
INSERT INTO "cartons" VALUES('S100','100サイズ','box',390,300,240,396,306,253,380,20000,128,1150,'100','yamato_b2/takkyubin,sagawa_e3/hikyaku',75,20,0);
INSERT INTO "cartons" VALUES('S120','120サイズ','box',450,350,320,456,356,333,560,25000,190,1400,'120','yamato_b2/takkyubin,sagawa_e3/hikyaku',30,10,0);
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
INSERT INTO "exports" VALUES(1,'d2c76adc-283d-4467-a765-e9c315a3ddee',1796076466494,'1',1,'yamato_b2',NULL,'yamato_b2_1_20261201-070746.csv','305f93279356af6b19840b5a033145f40642179dc227f8d786e78cbaddfe8349',12,'','written',NULL);
CREATE TABLE extras (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	product_id INTEGER, 
	name VARCHAR NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	wanted INTEGER DEFAULT 1 NOT NULL, 
	done INTEGER DEFAULT 0 NOT NULL, 
	short INTEGER DEFAULT 0 NOT NULL, 
	shown SMALLINT DEFAULT 0 NOT NULL, 
	rule_id INTEGER, 
	CONSTRAINT ck_extras_counts CHECK (done >= 0 AND short >= 0 AND done + short <= wanted), 
	CONSTRAINT fk_extras_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_extras_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "extras" VALUES(1,7,1,'noshi',NULL,'のし紙','{"knot":"bow","title":"内祝","names":["見本"],"cover":"","size":"A5"}',1,1,0,0,1);
INSERT INTO "extras" VALUES(2,1,1,'material',NULL,'割れ物の保護','気泡シートで巻き、すき間に紙を詰める',1,0,0,1,4);
INSERT INTO "extras" VALUES(3,6,1,'material',NULL,'割れ物の保護','気泡シートで巻き、すき間に紙を詰める',1,0,0,1,4);
INSERT INTO "extras" VALUES(4,28,1,'material',NULL,'割れ物の保護','気泡シートで巻き、すき間に紙を詰める',1,0,0,1,4);
INSERT INTO "extras" VALUES(5,8,1,'wrap',NULL,'包装','包装紙(青海波)
包装紙で包み、リボンをかける',1,0,0,1,3);
INSERT INTO "extras" VALUES(6,8,2,'material',NULL,'割れ物の保護','気泡シートで巻き、すき間に紙を詰める',1,0,0,1,4);
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
INSERT INTO "holds" VALUES(4,'date_ahead','2026-12-03',1796076464881,NULL);
INSERT INTO "holds" VALUES(10,'date_ahead','2026-12-06',1796076464881,NULL);
INSERT INTO "holds" VALUES(13,'remark','',1796076464881,NULL);
INSERT INTO "holds" VALUES(14,'remark','2026-12-06(土) 午前中',1796076464881,NULL);
INSERT INTO "holds" VALUES(15,'address_awaited','',1796076464881,NULL);
INSERT INTO "holds" VALUES(18,'unpaid','',1796076464881,NULL);
INSERT INTO "holds" VALUES(20,'unpaid','',1796076464881,NULL);
INSERT INTO "holds" VALUES(31,'remark','',1796076464920,NULL);
INSERT INTO "holds" VALUES(33,'unpaid','',1796076464920,NULL);
INSERT INTO "holds" VALUES(34,'unknown_product','',1796076464920,NULL);
INSERT INTO "holds" VALUES(35,'date_ahead','2026-12-04',1796076464920,NULL);
INSERT INTO "holds" VALUES(37,'remark','メッセージ: おめでとうございます',1796076464920,NULL);
INSERT INTO "holds" VALUES(43,'bad_address','[["fault.abroad","to.country",{"value":"GB"}],["fault.bad_postcode","to.postcode",{"value":"ZZ1 1ZZ"}]]',1796076464920,NULL);
INSERT INTO "holds" VALUES(43,'missing_phone','[["fault.bad_phone","to.phone",{"value":"+440000000000"}]]',1796076464920,NULL);
INSERT INTO "holds" VALUES(3,'merge_proposed','#1015',1796076464929,NULL);
INSERT INTO "holds" VALUES(24,'merge_proposed','#1005',1796076464929,NULL);
INSERT INTO "holds" VALUES(31,'merge_proposed','999999-20260914-0000001023',1796076464929,NULL);
INSERT INTO "holds" VALUES(41,'merge_proposed','999999-20260914-0000001003',1796076464929,NULL);
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
INSERT INTO "imports" VALUES(1,'e4870df7-a5ea-491f-80a5-4aa3e4ee6c12',1796076464905,'rakuten.csv','91faee6a8586262476c6e16c533eaa690653a0404200c7e6cdb063b03f8d51af','rakuten','見本商店 楽天市場店','{"added": 25, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 7, "flagged": 0, "gone": 0, "lines": 44, "problems": 5, "newest": 1796096892000}','orders',0);
INSERT INTO "imports" VALUES(2,'94926303-de6a-47d8-88bf-237063e6b4de',1796076464927,'shopify.csv','d8ca1e2c9d77b04a55d38aa355936b597b2eca1b769f03c90862b0c1dbd29b05','shopify','見本商店 公式オンラインストア','{"added": 18, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 6, "flagged": 0, "gone": 0, "lines": 31, "problems": 4, "newest": 1796097365000}','orders',0);
INSERT INTO "imports" VALUES(3,'2e2eff99-9a0a-44a9-bbcc-7fffceac2d07',1796076466507,'numbers_yamato_b2_1_20261201-070746.csv','43771062d08f2db61ec0a757ee336a5e93c3b18e1ea3bfda5037991dbcda8ee2','yamato_b2','','{"rows": 12, "numbered": 12, "same": 0, "accepted": 0, "rejected": 0, "refused": 0, "missing": 0}','numbers',0);
CREATE TABLE insert_rules (
	id INTEGER NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	product_id INTEGER, 
	quantity INTEGER DEFAULT 1 NOT NULL, 
	per VARCHAR(8) DEFAULT 'order' NOT NULL, 
	conditions TEXT DEFAULT '{}' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	scanned SMALLINT DEFAULT 1 NOT NULL, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_insert_rules PRIMARY KEY (id), 
	CONSTRAINT fk_insert_rules_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "insert_rules" VALUES(1,1,'のし紙','noshi',NULL,1,'order','{"shared":true,"knots":{"御祝":"bow","内祝":"bow"}}','',1,1);
INSERT INTO "insert_rules" VALUES(2,2,'メッセージカード','card',NULL,1,'order','{"shared":true,"wish":["message"]}','',1,1);
INSERT INTO "insert_rules" VALUES(3,3,'包装','wrap',NULL,1,'order','{"shared":true,"wish":["wrapping"]}','包装紙で包み、リボンをかける',1,1);
INSERT INTO "insert_rules" VALUES(4,4,'割れ物の保護','material',NULL,1,'order','{"shared":true,"fragile":true}','気泡シートで巻き、すき間に紙を詰める',1,1);
INSERT INTO "insert_rules" VALUES(5,5,'保冷剤','cold',NULL,1,'order','{"shared":true,"temperature":["chilled","frozen"]}','保冷剤を上に 2 個置く',1,1);
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
INSERT INTO "journal" VALUES(1,'238f1952-e3b1-4c47-9a82-eebacdc4eb90','1',1,1796076464741,NULL,NULL,'settings','','settings','ok','{}','{"shop.name":"見本商店","shop.postcode":"100-0000","shop.address":"東京都架空区見本町1-2-3 見本ビル1階","shop.phone":"03-0000-0000","shop.email":"shop@example.com","shop.registration":"T0000000000000","carrier.default":"yamato_b2/takkyubin","ship.origin":"東京都","release.at_open":"off","intake.max_age":"0","shop.language":"ja"}','','6392f758b7147eb446d11c8bb1454e6cb649c134ffb199d196d65ea5b136df3e');
INSERT INTO "journal" VALUES(2,'4645191e-4600-4255-bb71-92d47944df5d','1',2,1796076464742,NULL,NULL,'people','','people','ok','{}','{"person":1,"role":"leader"}','6392f758b7147eb446d11c8bb1454e6cb649c134ffb199d196d65ea5b136df3e','f46a766a2546ce06e0515a64d89e48dc1aab41e0cb9e8a9d4e963542d42f4b22');
INSERT INTO "journal" VALUES(3,'e75e3c39-c966-42d2-aacb-29726afd62e0','1',3,1796076464743,NULL,NULL,'people','','people','ok','{}','{"person":2,"role":"packer"}','f46a766a2546ce06e0515a64d89e48dc1aab41e0cb9e8a9d4e963542d42f4b22','6523933995f9c8e9172598869ec36d8b5a968a4e185217adf234dd4863c0bc9a');
INSERT INTO "journal" VALUES(4,'f95c950d-19b1-436c-af6a-e05b9e49d2eb','1',4,1796076464745,NULL,NULL,'people','','people','ok','{}','{"person":3,"role":"packer"}','6523933995f9c8e9172598869ec36d8b5a968a4e185217adf234dd4863c0bc9a','db06e81e140a8f96dd8b85e1dff558a1ffbd2c16ce435cff6e820deae9c114b1');
INSERT INTO "journal" VALUES(5,'672e275f-4de4-4756-b3a6-69e7da7d3fe6','1',5,1796076464746,NULL,NULL,'people','','people','ok','{}','{"person":4,"role":"picker"}','db06e81e140a8f96dd8b85e1dff558a1ffbd2c16ce435cff6e820deae9c114b1','b2676d6cc121a875ab3e517159822aa96fc9a9098717016dda5347cc983278d9');
INSERT INTO "journal" VALUES(6,'e683ee82-040f-4006-8da9-d9f06d72f9c4','1',6,1796076464746,NULL,NULL,'people','','people','ok','{}','{"person":5,"role":"office"}','b2676d6cc121a875ab3e517159822aa96fc9a9098717016dda5347cc983278d9','8dc093bec28f2b774e1fd615e4af1288a4b318748148ed7e071eae0640adedaa');
INSERT INTO "journal" VALUES(7,'e142dfe9-60a5-4e8b-ac48-5c1c61ca099b','1',7,1796076464756,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["14:00","17:00"],"carrier":"yamato_b2"}','8dc093bec28f2b774e1fd615e4af1288a4b318748148ed7e071eae0640adedaa','d96b2117343d8b7a343640bcaf138ca2507679ebc55154ced5d08d789586e39e');
INSERT INTO "journal" VALUES(8,'e2e65217-4e7b-4d89-810d-3c56daeef9e0','1',8,1796076464759,NULL,NULL,'carriers','','carriers','ok','{}','{"pickups":["15:30"],"carrier":"sagawa_e3"}','d96b2117343d8b7a343640bcaf138ca2507679ebc55154ced5d08d789586e39e','4beb76d215a19bfeaeced9f3a893efcb8b3d4c7543cc14d8db10d8ee00f76b45');
INSERT INTO "journal" VALUES(9,'f5c8f337-299e-4749-bab1-43e8ff8e0534','1',9,1796076464759,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"yamato_b2","shop":0}','4beb76d215a19bfeaeced9f3a893efcb8b3d4c7543cc14d8db10d8ee00f76b45','340b3c66b0d327d19553c25717b82e5c32c2d2027ce283887d23e2132ad0bb0f');
INSERT INTO "journal" VALUES(10,'d885f8cc-b25f-462b-b96b-ec2fb5bc66ba','1',10,1796076464761,NULL,NULL,'carriers','','carriers','ok','{}','{"account":["customer_code"],"carrier":"sagawa_e3","shop":0}','340b3c66b0d327d19553c25717b82e5c32c2d2027ce283887d23e2132ad0bb0f','b825bb3cea6a5c73c32ab6f6e9c40ade6b0700b6256a316d93b674e11af50505');
INSERT INTO "journal" VALUES(11,'136e407e-dde7-492c-8668-13b9950e31cf','1',11,1796076464762,NULL,NULL,'carriers','','carriers','ok','{}','{"lead_times":{"file":"lead_times.csv","rows":94,"carriers":["yamato_b2","sagawa_e3"]}}','b825bb3cea6a5c73c32ab6f6e9c40ade6b0700b6256a316d93b674e11af50505','a39a13030615fb539135f0bd2030c1adda3d028ef9b6bb93b2f98675d03fc593');
INSERT INTO "journal" VALUES(12,'87bd4ae5-17d7-4c7d-a646-5ede6108ab28','1',12,1796076464767,NULL,NULL,'cartons','','cartons','ok','{}','{"file":"cartons.csv","added":["NP-30","CP-BOX","S60-T","S60","S80","S80-H","S100","S120"],"changed":{}}','a39a13030615fb539135f0bd2030c1adda3d028ef9b6bb93b2f98675d03fc593','baa304ef01c054ba93d5aba26c511324fbb7c46146da11c5892e018d57b3fb77');
INSERT INTO "journal" VALUES(13,'e84379d7-ec8d-4474-813d-d41eacd7eff6','1',13,1796076464771,NULL,NULL,'insert_rule','','insert_rule','ok','{}','{"file":"inserts.csv","rules":5}','baa304ef01c054ba93d5aba26c511324fbb7c46146da11c5892e018d57b3fb77','29d06b49d43206f2b4acd0638f074c191232fb28e97ffbf7a2fa08cd4dff077c');
INSERT INTO "journal" VALUES(14,'23b13897-712c-4287-a7f8-11ad99386f61','1',14,1796076464780,NULL,NULL,'products','','products','ok','{}','{"file":"products.csv","skus":["MAT-050","MAT-100","HOJ-080","HOJ-T20","SEN-100","GEN-200","COF-MED","COF-DRK","COF-DRP","YUZ-150","YUZ-300","MIS-AKA","MIS-SHI","SHO-300","SHO-USU","HON-180","JAM-ICH","JAM-BLU","CUP-BLU","CUP-RED","TOW-IND","TOW-SAK","FUR-045","CHA-SEN","TIM-001","GFT-BOX"]}','29d06b49d43206f2b4acd0638f074c191232fb28e97ffbf7a2fa08cd4dff077c','a6f8421575a362d791c57e2ef2210326ac85087e0fc4a6ddb50fea019f465503');
INSERT INTO "journal" VALUES(15,'a51d348b-c795-43a5-84ae-302afbe6071d','1',15,1796076464830,NULL,NULL,'alikes','','alikes','ok','{}','{"pairs":9,"gone":0}','a6f8421575a362d791c57e2ef2210326ac85087e0fc4a6ddb50fea019f465503','23fefff9ea419079dbcde93d85ab8177667f2c5241009479603dfdfb4d3e3851');
INSERT INTO "journal" VALUES(16,'aface5f6-b6d1-47b0-a9fc-7f55547f5c7c','1',16,1796076464881,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","shop":"見本商店 楽天市場店","first":"999999-20260914-0000001001","last":"999999-20260914-0000001025","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0}','23fefff9ea419079dbcde93d85ab8177667f2c5241009479603dfdfb4d3e3851','1e475596488ecdf86160a3f341f4ae824b038367bdcde5877003313213086ba1');
INSERT INTO "journal" VALUES(17,'e4870df7-a5ea-491f-80a5-4aa3e4ee6c12','1',17,1796076464905,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","sha256":"91faee6a8586262476c6e16c533eaa690653a0404200c7e6cdb063b03f8d51af","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":7,"flagged":0,"gone":0,"lines":44,"problems":5,"newest":1796096892000}','1e475596488ecdf86160a3f341f4ae824b038367bdcde5877003313213086ba1','176d4ff0fc493c3bf2c364189252386b3e51f2ea5cbafdb7062cea17fa6e50b6');
INSERT INTO "journal" VALUES(18,'37b394a4-8978-4b04-9ee4-5057677bf3db','1',18,1796076464912,NULL,NULL,'reserve','','reserve','ok','{"result":[[24,1,2,3,5,6,11,12,13,7,8,9,14,15,16,17,18,20,21,22,23,25,26,4,10],[]]}','{"covered":[24,1,2,3,5,6,11,12,13,7,8,9,14,15,16,17,18,20,21,22,23,25,26,4,10],"short":[]}','176d4ff0fc493c3bf2c364189252386b3e51f2ea5cbafdb7062cea17fa6e50b6','dcc3aedc6fbb8a3e50a4cfe98915f592134b9e86a05d755fca2844ce35500c30');
INSERT INTO "journal" VALUES(19,'c6074d4f-5559-436c-b0c7-f74a9ea032d8','1',19,1796076464920,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","shop":"見本商店 公式オンラインストア","first":"#1001","last":"#1020","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0}','dcc3aedc6fbb8a3e50a4cfe98915f592134b9e86a05d755fca2844ce35500c30','1bb943874de21cc5aed3f3c092b2770636f42cd92d585066af73a7a787972b2e');
INSERT INTO "journal" VALUES(20,'94926303-de6a-47d8-88bf-237063e6b4de','1',20,1796076464927,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","sha256":"d8ca1e2c9d77b04a55d38aa355936b597b2eca1b769f03c90862b0c1dbd29b05","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":6,"flagged":0,"gone":0,"lines":31,"problems":4,"newest":1796097365000}','1bb943874de21cc5aed3f3c092b2770636f42cd92d585066af73a7a787972b2e','a5ea75f000ab871b2ee2ae3c76a031ec64d12281d92963f72f80c002e17bbe76');
INSERT INTO "journal" VALUES(21,'4de2bb43-57de-433f-bb31-aaf61c9203e8','1',21,1796076464929,NULL,NULL,'merge','','merge','ok','{"result":4}','{"proposed":4}','a5ea75f000ab871b2ee2ae3c76a031ec64d12281d92963f72f80c002e17bbe76','43107e78e38f4ee9ad3fe6b36f7d940a3a6fcd6636ab9bb11489dd6e1a64a796');
INSERT INTO "journal" VALUES(22,'962753b7-3fc7-4ca8-b194-7f145ac81675','1',22,1796076464936,NULL,NULL,'reserve','','reserve','ok','{"result":[[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],[]]}','{"covered":[27,28,29,30,31,33,34,36,38,39,40,41,37,44,45,42,43,35],"short":[]}','43107e78e38f4ee9ad3fe6b36f7d940a3a6fcd6636ab9bb11489dd6e1a64a796','60d8a2402401a90351a8005d9e7982beac64e58338fc858348400425f51bfd5b');
INSERT INTO "journal" VALUES(23,'78f0d092-610f-460a-af8f-9dc9520c9b61','1',23,1796076464941,NULL,NULL,'recheck','','recheck','ok','{"result":0}','{"orders":[]}','60d8a2402401a90351a8005d9e7982beac64e58338fc858348400425f51bfd5b','ee56c1ebb52be1f2088b9bbd4d1eb691361566df9a1139050808ae806ca32e8d');
INSERT INTO "journal" VALUES(24,'97b28050-32e1-4f73-9470-874794f7948f','1',24,1796076464948,NULL,NULL,'reserve','','reserve','ok','{"result":[[1,2,5,6,27,11,12,28,29,30,7,8],[]]}','{"covered":[1,2,5,6,27,11,12,28,29,30,7,8],"short":[]}','ee56c1ebb52be1f2088b9bbd4d1eb691361566df9a1139050808ae806ca32e8d','8a581c79b8d0ceccc321b46a7a0312b0652e72cfb6a12a98a54a79d09c2d0e77');
INSERT INTO "journal" VALUES(25,'5c11bfdf-3bb9-40f8-a148-055f39397722','1',25,1796076466467,NULL,NULL,'cartons','','cartons','ok','{"result":12}','{"orders":12}','8a581c79b8d0ceccc321b46a7a0312b0652e72cfb6a12a98a54a79d09c2d0e77','d159b03eb3fec2c21dc648f81302abec5648d79f3bcab83de174de698a2fe22b');
INSERT INTO "journal" VALUES(26,'693fbeef-3d64-4186-b5b0-b4ed0070b181','1',26,1796076466478,NULL,NULL,'release','','release','ok','{"result":[1,3,[30,7,1,2,5,27,6,28,8,11,29,12],["1-001","1-002","1-003","1-004","1-005","1-006","1-007","1-008","1-009","1-010","1-011","1-012"],[],true]}','{"batch":1,"orders":[30,7,1,2,5,27,6,28,8,11,29,12],"first":"1-001","refused":0}','d159b03eb3fec2c21dc648f81302abec5648d79f3bcab83de174de698a2fe22b','8f94ff7c9168ccc937f7ac69ab0ceb49ec38106160a30249147a5a9ee2b5c3e1');
INSERT INTO "journal" VALUES(27,'d2c76adc-283d-4467-a765-e9c315a3ddee','1',27,1796076466494,NULL,NULL,'export','','export','ok','{"result":["yamato_b2",[[1,"yamato_b2_1_20261201-070746.csv",12,12]],[],[]]}','{"carrier":"yamato_b2","batch":1,"reason":"","files":[[1,"yamato_b2_1_20261201-070746.csv",12]],"kept_out":0}','8f94ff7c9168ccc937f7ac69ab0ceb49ec38106160a30249147a5a9ee2b5c3e1','f0954b3d47fec03a732c8a0904e22c6bbd5424b565fa2f0c4f4149de4366ff89');
INSERT INTO "journal" VALUES(28,'80bcbda0-5ce8-4269-80cf-36216799b8d5','1',28,1796076466499,NULL,NULL,'written','','written','ok','{"result":true}','{"export":1}','f0954b3d47fec03a732c8a0904e22c6bbd5424b565fa2f0c4f4149de4366ff89','88cf7287b59300e4ad4a5e1762ccf3b978766442f3361d80581ba1c56e4532eb');
INSERT INTO "journal" VALUES(29,'b8071d88-4d30-4f3a-bdfe-6bdb76dfe97c','1',29,1796076466505,NULL,NULL,'numbers','','numbers','ok','{"result":[]}','{"carrier":"yamato_b2","rows":12,"numbers":12}','88cf7287b59300e4ad4a5e1762ccf3b978766442f3361d80581ba1c56e4532eb','c7c9975867e513abc82d8739e06a50d2d7a96d0e420d44704868b7f76a9841f3');
INSERT INTO "journal" VALUES(30,'2e2eff99-9a0a-44a9-bbcc-7fffceac2d07','1',30,1796076466507,NULL,NULL,'numbers','','numbers','ok','{}','{"file":"numbers_yamato_b2_1_20261201-070746.csv","sha256":"43771062d08f2db61ec0a757ee336a5e93c3b18e1ea3bfda5037991dbcda8ee2","rows":12,"numbered":12,"same":0,"accepted":0,"rejected":0,"refused":0,"missing":0}','c7c9975867e513abc82d8739e06a50d2d7a96d0e420d44704868b7f76a9841f3','2b8638cf68883f22acab99af2e34f7a2e2744086958f6aac64b8c5976715398c');
INSERT INTO "journal" VALUES(31,'act-printer','1',31,1796076466516,NULL,NULL,'printer','','printer','ok','{"result":1}','{"printer":1,"name":"Labels","address":"192.0.2.7:9100","active":false}','2b8638cf68883f22acab99af2e34f7a2e2744086958f6aac64b8c5976715398c','e0e445682dcde5aa09400adab273ef887a1c53eb3679b0ab3788c8c489f4acb4');
INSERT INTO "journal" VALUES(32,'act-rule','1',32,1796076466526,NULL,NULL,'print_rule','','print_rule','ok','{"result":1}','{"rule":1,"name":"Gifts","paper":"packing_slip","gift":"yes","copies":"2"}','e0e445682dcde5aa09400adab273ef887a1c53eb3679b0ab3788c8c489f4acb4','9954add85f80d5b6187f33308e81520f7a11da56cf44b743098b9fe3c4e07ff7');
INSERT INTO "journal" VALUES(33,'act-template','1',33,1796076466529,NULL,NULL,'template','','template','ok','{}','{"paper":"packing_slip","name":"mine","body":"# 納品書 packing slip\n# 書式の写しを作り（kenpin templates copy）、変えたい項目だけを残します。書かない項目は、この標準の値になります。\n# Copy this template (kenpin templates copy) and keep only what you change; what you leave out stays as it is here.\n# mm は紙の上の長さ、pt は文字の大きさ。[size.…] の外に書いた寸法は、すべての用紙に効きます。\n\ntitle = \"\"            # { ja = \"…\", en = \"…\" } と言語ごとにも書けます\nmessage = \"\"\nfooter = \"\"\nqr = \"none\"           # none | ship_number | link\nlink = \"\"             # https://example.com/r/{number}\nlogo = \"shop\"         # shop | head | none\nfields = [\"order_number\", \"ordered_on\", \"channel\", \"delivery\", \"wish\", \"payment\", \"buyer\", \"note\"]\nshop = [\"name\", \"address\", \"phone\", \"mail\", \"registration\"]\ncolumns = [\"row\", \"name\", \"quantity\", \"price\", \"amount\"]\nline = [\"options\", \"sku\"]\nparts = true\ntotals = true\nlines = 0             # 1 枚に入れる明細の数。0 は入るだけ\n\n[colours]\nbrand = \"#123B5D\"\nink = \"#14212B\"\ngrey = \"#53636F\"\n\n[size.A4]\nmargin_mm = 15\nright_mm = 82\nnumber_pt = 54\nbars_mm = 14\nqr_mm = 22\nbody_pt = 9.5\nlabel_mm = 26\nlogo_width_mm = 50\nlogo_height_mm = 13\nwidths = { row = 9, tick = 9, sku = 34, code = 30, shelf = 22, quantity = 20, price = 25, amount = 29, rate = 14 }\n\n[size.A5]\nmargin_mm = 10\nright_mm = 60\nnumber_pt = 42\nbars_mm = 12\nqr_mm = 18\nbody_pt = 8\nlabel_mm = 19\nlogo_width_mm = 37\nlogo_height_mm = 10\nwidths = { row = 7, tick = 7, sku = 26, code = 24, shelf = 17, quantity = 15, price = 19, amount = 23, rate = 11 }\n\n[size.A6]\nstacked = true\nmargin_mm = 6\nright_mm = 38\nnumber_pt = 38\nbars_mm = 8.5\nqr_mm = 15\nbody_pt = 7\nlabel_mm = 15\nlogo_width_mm = 28\nlogo_height_mm = 8\nwidths = { row = 6, tick = 6, sku = 20, code = 21, shelf = 14, quantity = 11, price = 15, amount = 18, rate = 9 }\n\n[size.4x6]\nstacked = true\nmargin_mm = 4\nright_mm = 38\nnumber_pt = 38\nbars_mm = 8.5\nqr_mm = 16\nbody_pt = 7.5\nlabel_mm = 15\nlogo_width_mm = 28\nlogo_height_mm = 8\nwidths = { row = 6, tick = 6, sku = 21, code = 22, shelf = 14, quantity = 12, price = 16, amount = 19, rate = 9 }\n\n[size.100x150]\nstacked = true\nmargin_mm = 4\nright_mm = 38\nnumber_pt = 38\nbars_mm = 8.5\nqr_mm = 16\nbody_pt = 7.5\nlabel_mm = 15\nlogo_width_mm = 28\nlogo_height_mm = 8\nwidths = { row = 6, tick = 6, sku = 21, code = 22, shelf = 14, quantity = 12, price = 16, amount = 19, rate = 9 }\n\n[size.62]\nstacked = true\nmargin_mm = 3.5\nright_mm = 55\nnumber_pt = 40\nbars_mm = 10\nqr_mm = 18\nbody_pt = 8\nlabel_mm = 16\nlogo_width_mm = 30\nlogo_height_mm = 9\n"}','9954add85f80d5b6187f33308e81520f7a11da56cf44b743098b9fe3c4e07ff7','9de45f2fc1725b60931727ed792e30ee4c1d97b05c68a847adb84b03f0fc33ce');
INSERT INTO "journal" VALUES(34,'573f4361-d4a7-4b63-8b21-8fa63d9e3810','1',34,1796076466998,NULL,30,'scan','KO-1-001-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"#1004","ship_number":"1-001","lines":2,"pieces":3},"ask":{"kind":"item","line":52,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1,"lot":"M260702","expiry":"2027-10-17","box":1,"boxes":1,"carton":"S60-T"},"order":"#1004","order_id":30,"ship_number":"1-001","done":0,"wanted":3,"person":{}}','[{"fact":"Opened","order":30,"release":false,"taken_over":"","slip":"1-001-1"}]','9de45f2fc1725b60931727ed792e30ee4c1d97b05c68a847adb84b03f0fc33ce','ff866b4efb7241ca1d7cac9f7ec988a58de89a9c14dbfe4289800f3ba6af0ab9');
INSERT INTO "journal" VALUES(35,'c2981750-e294-477a-ac1f-cb23acdd5a9d','1',35,1796076467009,NULL,30,'scan','4599990001020','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"#1004","ship_number":"1-001","line_done":1,"line_wanted":1,"done":1,"wanted":3,"lot":"M260702","expiry":"2027-10-17"},"ask":{"kind":"item","line":53,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":2,"lot":"M260701","expiry":"2027-09-16","box":1,"boxes":1,"carton":"S60-T"},"order":"#1004","order_id":30,"ship_number":"1-001","done":1,"wanted":3,"person":{}}','[{"fact":"Packed","line":52,"product":2,"code":"04599990001020","quantity":1,"lot":"M260702","source":"shelf:A-01-02","expiry":"2027-10-17","serial":"","how":"","reason":"","by":null,"box":1}]','ff866b4efb7241ca1d7cac9f7ec988a58de89a9c14dbfe4289800f3ba6af0ab9','05011c7c537aaf9812a537328958e6f5a9ea88c6e47675c6766801f7d4ad3148');
INSERT INTO "journal" VALUES(36,'7ec20526-563c-4ee6-ae50-c61565bd0792','1',36,1796076467012,NULL,30,'scan','4599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"#1004","ship_number":"1-001","line_done":1,"line_wanted":2,"done":2,"wanted":3,"lot":"M260701","expiry":"2027-09-16"},"ask":{"kind":"item","line":53,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1,"lot":"M260701","expiry":"2027-09-16","box":1,"boxes":1,"carton":"S60-T"},"order":"#1004","order_id":30,"ship_number":"1-001","done":2,"wanted":3,"person":{}}','[{"fact":"Packed","line":53,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-16","serial":"","how":"","reason":"","by":null,"box":1}]','05011c7c537aaf9812a537328958e6f5a9ea88c6e47675c6766801f7d4ad3148','c22d05feae6879c901459b2c9c2689bbdb8c4a18bccc436893559dc28a685686');
INSERT INTO "journal" VALUES(37,'4eac625d-e547-42d0-8aab-3776de06c261','1',37,1796076467014,NULL,30,'scan','4599990001013','pack.all_in','ok','{"level":"ok","key":"pack.all_in","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"#1004","ship_number":"1-001","line_done":2,"line_wanted":2,"done":3,"wanted":3,"lot":"M260701","expiry":"2027-09-16","missing":0},"ask":{"kind":"waybill","waybill":"912434743150","last4":"3150","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1,"box":1,"boxes":1,"carton":"S60-T"},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{}}','[{"fact":"Packed","line":53,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-16","serial":"","how":"","reason":"","by":null,"box":1}]','c22d05feae6879c901459b2c9c2689bbdb8c4a18bccc436893559dc28a685686','11a53ae2dcda5dfb11a41131c4952793f8175bd67b9de468591e7b889520137c');
INSERT INTO "journal" VALUES(38,'58e43060-0f80-4ad5-a9f8-e8f7a46381fb','1',38,1796076467017,NULL,30,'scan','912434743150','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"#1004","ship_number":"1-001","waybill":"912434743150","last4":"3150","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-002"},"order":"#1004","order_id":30,"ship_number":"1-001","done":3,"wanted":3,"person":{}}','[{"fact":"Attached","waybill":1,"number":"912434743150","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','11a53ae2dcda5dfb11a41131c4952793f8175bd67b9de468591e7b889520137c','069cce2d9fe4da8b6064ede65a18fc637d4e8d1be9312772adca4eb95e00617a');
INSERT INTO "journal" VALUES(39,'2a402c95-380c-4c4f-b6b0-bc888b074750','1',39,1796076467021,NULL,7,'scan','KO-1-002-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","lines":2,"pieces":2},"ask":{"kind":"item","line":12,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1,"lot":"M260702","expiry":"2027-10-17","box":1,"boxes":1,"carton":"S60-T"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":0,"wanted":2,"person":{}}','[{"fact":"Opened","order":7,"release":false,"taken_over":"","slip":"1-002-1"}]','069cce2d9fe4da8b6064ede65a18fc637d4e8d1be9312772adca4eb95e00617a','995aeb11b518eb7b9a3821392e5d0bd9d52f0f5112263d3687f72cd4ad5edfa2');
INSERT INTO "journal" VALUES(40,'9407a0cb-c0b8-4cfe-bd2a-619854db1bf5','1',40,1796076467024,NULL,7,'scan','4599990001020','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-100","name":"有機抹茶パウダー 100g","item_code":"4599990001020","shelf":"A-01-02","number":"999999-20260914-0000001007","ship_number":"1-002","line_done":1,"line_wanted":1,"done":1,"wanted":2,"lot":"M260702","expiry":"2027-10-17"},"ask":{"kind":"item","line":11,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1,"lot":"M260701","expiry":"2027-09-16","box":1,"boxes":1,"carton":"S60-T"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":1,"wanted":2,"person":{}}','[{"fact":"Packed","line":12,"product":2,"code":"04599990001020","quantity":1,"lot":"M260702","source":"shelf:A-01-02","expiry":"2027-10-17","serial":"","how":"","reason":"","by":null,"box":1}]','995aeb11b518eb7b9a3821392e5d0bd9d52f0f5112263d3687f72cd4ad5edfa2','5c2f2bc114c7c8928293a07deb8eb12b715f2a9e76a6b428edb6c7804a6fdfb2');
INSERT INTO "journal" VALUES(41,'1a58fde8-5856-489c-b296-2876cc31202d','1',41,1796076467026,NULL,7,'scan','4599990001013','pack.inserts_now','ok','{"level":"ok","key":"pack.inserts_now","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"999999-20260914-0000001007","ship_number":"1-002","line_done":1,"line_wanted":1,"done":2,"wanted":2,"lot":"M260701","expiry":"2027-09-16","insert":"のし紙","inserts":1},"ask":{"kind":"insert","insert":1,"insert_kind":"noshi","name":"のし紙","insert_code":"KN-1","shelf":"","left":1,"box":1,"boxes":1,"carton":"S60-T"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{}}','[{"fact":"Packed","line":11,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-16","serial":"","how":"","reason":"","by":null,"box":1}]','5c2f2bc114c7c8928293a07deb8eb12b715f2a9e76a6b428edb6c7804a6fdfb2','d3ffc60287e7862f97c69b285eee33d0492112f818a953d9fffd88c954cd1683');
INSERT INTO "journal" VALUES(42,'810babc6-0c8f-48da-b657-bf878106111d','1',42,1796076467026,NULL,7,'scan','KN-1','insert.all_in','ok','{"level":"ok","key":"insert.all_in","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","name":"のし紙","missing":0},"ask":{"kind":"waybill","waybill":"126327417926","last4":"7926","piece":1,"pieces":1,"carrier":"yamato_b2","state":"numbered","left":1,"box":1,"boxes":1,"carton":"S60-T"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{}}','[{"fact":"InsertPacked","extra":1,"product":null,"code":"KN-1","quantity":1,"source":"","box":1}]','d3ffc60287e7862f97c69b285eee33d0492112f818a953d9fffd88c954cd1683','b174cc1ea19d598b41b3e88019fb3a123e30d851b6f5f9ce508eba7b64ab3c77');
INSERT INTO "journal" VALUES(43,'f6f0e76e-6877-470b-8375-532c17599e87','1',43,1796076467031,NULL,7,'scan','126327417926','order.closed','ok','{"level":"ok","key":"order.closed","args":{"number":"999999-20260914-0000001007","ship_number":"1-002","waybill":"126327417926","last4":"7926","piece":1,"pieces":1,"left":0},"ask":{"kind":"order","next":"1-003"},"order":"999999-20260914-0000001007","order_id":7,"ship_number":"1-002","done":2,"wanted":2,"person":{}}','[{"fact":"Attached","waybill":2,"number":"126327417926","piece":1,"pieces":1},{"fact":"Closed","short":false,"unlabelled":"","request":false}]','b174cc1ea19d598b41b3e88019fb3a123e30d851b6f5f9ce508eba7b64ab3c77','f87731f7294ae03041dd374b86cebd68046fd294b53a158a06a8a6b809b77345');
INSERT INTO "journal" VALUES(44,'921ffa25-d919-4325-ad68-0732b9cd5443','1',44,1796076467033,NULL,1,'scan','KO-1-003-1','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001001","ship_number":"1-003","lines":2,"pieces":2},"ask":{"kind":"item","line":1,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1,"lot":"M260701","expiry":"2027-09-16","box":1,"boxes":1,"carton":"S60"},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":0,"wanted":2,"person":{}}','[{"fact":"Opened","order":1,"release":false,"taken_over":"","slip":"1-003-1"}]','f87731f7294ae03041dd374b86cebd68046fd294b53a158a06a8a6b809b77345','0dbe3fcde51ef7b3bdc22843350d458734ec57779eeec97ee9f74007d8b241d7');
INSERT INTO "journal" VALUES(45,'8174bad5-ac9e-493f-b385-fc21c59ad00b','1',45,1796076467034,NULL,1,'scan','4599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"999999-20260914-0000001001","ship_number":"1-003","line_done":1,"line_wanted":1,"done":1,"wanted":2,"lot":"M260701","expiry":"2027-09-16"},"ask":{"kind":"item","line":2,"sku":"CHA-SEN","name":"茶せん 八十本立","product_code":"4599990004311","shelf":"B-02-04","left":1,"box":1,"boxes":1,"carton":"S60"},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":1,"wanted":2,"person":{}}','[{"fact":"Packed","line":1,"product":1,"code":"04599990001013","quantity":1,"lot":"M260701","source":"shelf:A-01-01","expiry":"2027-09-16","serial":"","how":"","reason":"","by":null,"box":1}]','0dbe3fcde51ef7b3bdc22843350d458734ec57779eeec97ee9f74007d8b241d7','9a140fc8a71b717e2ef9bcf47a6cf17f13e1c27c5a7e73f7edce15d2f032de1d');
INSERT INTO "journal" VALUES(46,'7f52f477-b286-4139-8262-1f9eba5fc1d9','1',46,1796076467037,NULL,1,'scan','4999999999996','code.check_digit','refused','{"level":"refused","key":"code.check_digit","args":{"code":"4999999999996"},"ask":{"kind":"item","line":2,"sku":"CHA-SEN","name":"茶せん 八十本立","product_code":"4599990004311","shelf":"B-02-04","left":1,"box":1,"boxes":1,"carton":"S60"},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-003","done":1,"wanted":2,"person":{}}','[]','9a140fc8a71b717e2ef9bcf47a6cf17f13e1c27c5a7e73f7edce15d2f032de1d','149ce481bd94fa0dc0b04fdd80b16e28861f75d3b69cd64ec2776cc58fdbb5c5');
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
INSERT INTO "loads" VALUES(1796274000000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796533200000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','received','',13);
INSERT INTO "loads" VALUES(1796360400000,'yamato_b2','received','',1);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','released','',12);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','released','1',-2);
INSERT INTO "loads" VALUES(1796101200000,'yamato_b2','verified','1',2);
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
INSERT INTO "marks" VALUES('cartons.changed',1796076464767);
INSERT INTO "marks" VALUES('alikes.product',26);
INSERT INTO "marks" VALUES('alikes.compared',14);
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
INSERT INTO "moves" VALUES(1,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,1,'M260701','supplier','shelf:A-01-01',84,NULL);
INSERT INTO "moves" VALUES(2,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,2,'M260702','supplier','shelf:A-01-02',60,NULL);
INSERT INTO "moves" VALUES(3,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,3,'2027-06-17','supplier','shelf:A-01-03',48,NULL);
INSERT INTO "moves" VALUES(4,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,4,'2027-08-17','supplier','shelf:A-01-04',72,NULL);
INSERT INTO "moves" VALUES(5,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,5,'','supplier','shelf:A-02-01',55,NULL);
INSERT INTO "moves" VALUES(6,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,6,'','supplier','shelf:A-02-02',40,NULL);
INSERT INTO "moves" VALUES(7,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,7,'2027-05-17','supplier','shelf:A-02-03',36,NULL);
INSERT INTO "moves" VALUES(8,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,8,'2027-06-01','supplier','shelf:A-02-04',36,NULL);
INSERT INTO "moves" VALUES(9,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,9,'','supplier','shelf:A-03-01',90,NULL);
INSERT INTO "moves" VALUES(10,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,10,'','supplier','shelf:A-03-02',44,NULL);
INSERT INTO "moves" VALUES(11,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,11,'','supplier','shelf:A-03-03',30,NULL);
INSERT INTO "moves" VALUES(12,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,12,'2027-07-17','supplier','shelf:A-03-04',42,NULL);
INSERT INTO "moves" VALUES(13,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,13,'2027-08-01','supplier','shelf:A-04-01',42,NULL);
INSERT INTO "moves" VALUES(14,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,14,'','supplier','shelf:A-04-02',60,NULL);
INSERT INTO "moves" VALUES(15,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,15,'','supplier','shelf:A-04-03',60,NULL);
INSERT INTO "moves" VALUES(16,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,16,'','supplier','shelf:A-04-04',33,NULL);
INSERT INTO "moves" VALUES(17,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,17,'','supplier','shelf:B-01-01',28,NULL);
INSERT INTO "moves" VALUES(18,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,18,'','supplier','shelf:B-01-02',28,NULL);
INSERT INTO "moves" VALUES(19,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,19,'','supplier','shelf:B-01-03',20,NULL);
INSERT INTO "moves" VALUES(20,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,20,'','supplier','shelf:B-01-04',20,NULL);
INSERT INTO "moves" VALUES(21,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,21,'','supplier','shelf:B-02-01',70,NULL);
INSERT INTO "moves" VALUES(22,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,22,'','supplier','shelf:B-02-02',70,NULL);
INSERT INTO "moves" VALUES(23,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,23,'','supplier','shelf:B-02-03',35,NULL);
INSERT INTO "moves" VALUES(24,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,24,'','supplier','shelf:B-02-04',18,NULL);
INSERT INTO "moves" VALUES(25,'23b13897-712c-4287-a7f8-11ad99386f61',1796076464780,26,'','supplier','shelf:B-03-02',50,NULL);
INSERT INTO "moves" VALUES(26,'c2981750-e294-477a-ac1f-cb23acdd5a9d',1796076467009,2,'M260702','shelf:A-01-02','parcel:1',1,30);
INSERT INTO "moves" VALUES(27,'7ec20526-563c-4ee6-ae50-c61565bd0792',1796076467012,1,'M260701','shelf:A-01-01','parcel:1',1,30);
INSERT INTO "moves" VALUES(28,'4eac625d-e547-42d0-8aab-3776de06c261',1796076467014,1,'M260701','shelf:A-01-01','parcel:1',1,30);
INSERT INTO "moves" VALUES(29,'9407a0cb-c0b8-4cfe-bd2a-619854db1bf5',1796076467024,2,'M260702','shelf:A-01-02','parcel:2',1,7);
INSERT INTO "moves" VALUES(30,'1a58fde8-5856-489c-b296-2876cc31202d',1796076467026,1,'M260701','shelf:A-01-01','parcel:2',1,7);
INSERT INTO "moves" VALUES(31,'8174bad5-ac9e-493f-b385-fc21c59ad00b',1796076467034,1,'M260701','shelf:A-01-01','parcel:3',1,1);
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
INSERT INTO "order_lines" VALUES(1,1,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,1,0,'1080','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(2,1,2,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,0,0,'2480','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(3,2,1,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,0,0,'1980','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(4,3,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,2,0,0,'1200','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(5,3,2,'HOJ-080','【見本市場】深煎りほうじ茶 80g',3,1,0,0,'640','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(6,3,3,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,1,0,0,'860','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(7,4,1,'YUZ-150','【見本市場】ゆずしお 150g',10,3,0,0,'540','0.08','',3,NULL,0);
INSERT INTO "order_lines" VALUES(8,5,1,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(9,5,2,'COF-DRK','【見本市場】みさき珈琲 豆 深煎り 200g',8,1,0,0,'1480','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(10,6,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,12,0,0,'620','0.08','',12,NULL,0);
INSERT INTO "order_lines" VALUES(11,7,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,1,0,'1080','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(12,7,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,1,0,'1980','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(13,8,1,'CUP-BLU','【見本市場】湯のみ なみ紋 青',19,1,0,0,'1650','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(14,8,2,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(15,8,3,'GFT-BOX','【見本市場】ギフト箱 中（包装つき）',26,1,0,0,'330','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(16,9,1,'MIS-AKA','【見本市場】ひなた味噌 赤 500g',12,2,0,0,'760','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(17,9,2,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(18,10,1,'HON-180','【見本市場】れんげはちみつ 180g',16,1,0,0,'1350','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(19,10,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,2,0,0,'880','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(20,11,1,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,1,0,0,'990','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(21,12,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,1,0,0,'990','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(22,12,2,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,0,0,'1320','0.1','',1,NULL,0);
INSERT INTO "order_lines" VALUES(23,13,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,2,0,0,'1280','0.08','',2,NULL,0);
INSERT INTO "order_lines" VALUES(24,14,1,'HOJ-T20','【見本市場】深煎りほうじ茶 ティーバッグ 20袋',4,1,0,0,'780','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(25,15,1,'JAM-BLU','【見本市場】ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(26,15,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,1,0,0,'880','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(27,16,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,1,0,0,'620','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(28,16,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','',1,NULL,0);
INSERT INTO "order_lines" VALUES(29,17,1,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,4,0,0,'860','0.08','',4,NULL,0);
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
INSERT INTO "order_lines" VALUES(48,28,1,'CUP-BLU','湯のみ なみ紋 青',19,2,0,0,'1650','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(49,29,1,'TOW-IND','てぬぐい 千鳥 藍',21,1,0,0,'990','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(50,29,2,'TOW-SAK','てぬぐい 千鳥 桜',22,1,0,0,'990','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(51,29,3,'FUR-045','ふろしき 45cm 市松',23,1,0,0,'1320','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(52,30,1,'MAT-100','有機抹茶パウダー 100g',2,1,1,0,'1980','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(53,30,2,'MAT-050','有機抹茶パウダー 50g',1,2,2,0,'1080','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(54,31,1,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(55,32,1,'JAM-ICH','いちごジャム 木苺舎 150g',17,1,0,0,'880','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(56,32,2,'JAM-BLU','ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(57,32,3,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(58,33,1,'YUZ-300','ゆずしお 300g',11,2,0,0,'980','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(59,34,1,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(60,34,2,'NEW-777','新茶しずく 30g',NULL,1,0,0,'1200','','',0,NULL,0);
INSERT INTO "order_lines" VALUES(61,35,1,'SHO-300','こいくちしょうゆ くじら 300ml',14,2,0,0,'620','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(62,35,2,'SHO-USU','うすくちしょうゆ くじら 300ml',15,1,0,0,'620','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(63,36,1,'GEN-200','玄米茶 ふくろう印 200g',6,1,0,0,'860','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(64,36,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(65,37,1,'CHA-SEN','茶せん 八十本立',24,1,0,0,'2480','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(66,37,2,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(67,37,3,'CUP-RED','湯のみ なみ紋 赤',20,1,0,0,'1650','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(68,38,1,'COF-DRK','みさき珈琲 豆 深煎り 200g',8,3,0,0,'1480','','',3,NULL,0);
INSERT INTO "order_lines" VALUES(69,39,1,'MIS-AKA','ひなた味噌 赤 500g',12,1,0,0,'760','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(70,40,1,'TOW-SAK','てぬぐい 千鳥 桜',22,5,0,0,'990','','',5,NULL,0);
INSERT INTO "order_lines" VALUES(71,41,1,'HOJ-T20','深煎りほうじ茶 ティーバッグ 20袋',4,2,0,0,'780','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(72,41,2,'HOJ-080','深煎りほうじ茶 80g',3,1,0,0,'640','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(73,42,1,'YUZ-150','ゆずしお 150g',10,1,0,0,'540','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(74,42,2,'YUZ-300','ゆずしお 300g',11,1,0,0,'980','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(75,43,1,'FUR-045','ふろしき 45cm 市松',23,2,0,0,'1320','','',2,NULL,0);
INSERT INTO "order_lines" VALUES(76,44,1,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL,0);
INSERT INTO "order_lines" VALUES(77,44,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','',1,NULL,0);
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
	digest VARCHAR NOT NULL, carrier VARCHAR(32) DEFAULT '' NOT NULL, service VARCHAR(32) DEFAULT '' NOT NULL, service_by VARCHAR(8) DEFAULT '' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, size INTEGER DEFAULT 0 NOT NULL, ship_date VARCHAR(10) DEFAULT '' NOT NULL, wish_date VARCHAR(10) DEFAULT '' NOT NULL, slot VARCHAR(8) DEFAULT '' NOT NULL, cod INTEGER DEFAULT 0 NOT NULL, parcel_count INTEGER DEFAULT 1 NOT NULL, merge_key VARCHAR DEFAULT '' NOT NULL, lead_id INTEGER, parked SMALLINT DEFAULT 0 NOT NULL, report_id INTEGER, picking SMALLINT DEFAULT 0 NOT NULL, "plan" TEXT DEFAULT '' NOT NULL, extras SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_orders PRIMARY KEY (id), 
	CONSTRAINT fk_orders_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_orders_shop_id_number_ship_to_key UNIQUE (shop_id, number, ship_to_key)
);
INSERT INTO "orders" VALUES(1,1,'999999-20260914-0000001001','20000001','released',0,1,1,3,1796076464881,1796079612000,1796101200000,1796101200000,0,'1',1796078267033,2,2,'見本 太郎','東京都',0,'{"buyer":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3560","shipping":"550","fee":"0","discount":"0","points":"0","total":"4110","currency":"JPY"}}','a4b59eea2536f7ee20ff5cdcaa72cfbd','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'2b5ca5409cf7bc87ef231182',NULL,0,NULL,0,'[["S60",[[1,1],[2,1]],["S80","S80-H","S100","S120"]]]',1);
INSERT INTO "orders" VALUES(2,1,'999999-20260914-0000001002','20000011','released',0,1,1,4,1796076464881,1796080032000,1796101200000,1796101200000,0,'',0,1,1,'試験 花子','大阪府',0,'{"buyer":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1980","shipping":"550","fee":"0","discount":"0","points":"0","total":"2530","currency":"JPY"}}','965655a0d789e4f99477fe6838f1ed54','yamato_b2','takkyubin','','ambient',31,'2026-12-01','','',0,1,'e7f410ab6ae9f2ec981abaea',NULL,0,NULL,0,'[["S60-T",[[3,1]],["S60","S80","S80-H","S100"]]]',0);
INSERT INTO "orders" VALUES(3,1,'999999-20260914-0000001003','20000021','received',1,0,NULL,NULL,1796076464881,1796080452000,1796101200000,1796101200000,0,'',0,3,4,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3900","shipping":"550","fee":"0","discount":"0","points":"0","total":"4450","currency":"JPY"}}','282646045c203b4d6181a91d5731a3e3','yamato_b2','takkyubin','','ambient',52,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(4,1,'999999-20260914-0000001004','20000031','received',1,0,NULL,NULL,1796076464881,1796080872000,1796274000000,1796274000000,0,'',0,1,3,'仮名 さくら','北海道',0,'{"buyer":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-05 14:00-16:00","totals":{"subtotal":"1620","shipping":"550","fee":"0","discount":"0","points":"0","total":"2170","currency":"JPY"}}','4d967e21075ded3a913dff492beec8ea','yamato_b2','takkyubin','','ambient',35,'2026-12-03','2026-12-05','14-16',0,1,'5c0665f4081d43a9ad449611',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(5,1,'999999-20260914-0000001005','20000041','released',0,1,1,5,1796076464881,1796081292000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','福岡県',0,'{"buyer":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2960","shipping":"550","fee":"0","discount":"0","points":"0","total":"3510","currency":"JPY"}}','291178c740ba941fbb42448fa52f096b','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'b8f6012220149e12af7a31cc',NULL,0,NULL,0,'[["S60",[[9,1],[8,1]],["S80","S80-H","S100","S120"]]]',0);
INSERT INTO "orders" VALUES(6,1,'999999-20260914-0000001006','20000051','released',0,1,1,7,1796076464881,1796081712000,1796101200000,1796101200000,0,'',0,1,12,'見本 あおい','宮城県',0,'{"buyer":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"7440","shipping":"0","fee":"0","discount":"0","points":"0","total":"7440","currency":"JPY"}}','6bae904b059018eb842d2993436e6361','yamato_b2','takkyubin','','ambient',102,'2026-12-01','','',0,1,'4127348bfc29bf6cda9efcb8',NULL,0,NULL,0,'[["S120",[[10,12]],[]]]',1);
INSERT INTO "orders" VALUES(7,1,'999999-20260914-0000001007','20000061','verified',0,1,1,2,1796076464881,1796085732000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','愛知県',1,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-5624","country":"JP"},"note":"のし: 内祝い 見本","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3060","shipping":"550","fee":"0","discount":"0","points":"0","total":"3610","currency":"JPY"}}','4a2fa4c0ee6e99d36d5c8cad907c9706','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'bd7f89a4aa03c7b5179f5098',NULL,0,NULL,0,'[["S60-T",[[12,1],[11,1]],["S60","S80","S80-H","S100"]]]',1);
INSERT INTO "orders" VALUES(8,1,'999999-20260914-0000001008','20000071','released',0,1,1,9,1796076464881,1796086152000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','宮城県',1,'{"buyer":{"name":"例示 誠","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-6018","country":"JP"},"note":"ラッピング: 包装紙（青海波）","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3630","shipping":"550","fee":"0","discount":"0","points":"0","total":"4180","currency":"JPY"}}','27fa7b5a1458f8c50290c21a29f6328e','yamato_b2','takkyubin','','ambient',58,'2026-12-01','','',0,1,'915707a6593e42f0da706b27',NULL,0,NULL,0,'[["S80-H",[[15,1],[13,1],[14,1]],["S100","S120"]]]',2);
INSERT INTO "orders" VALUES(9,1,'999999-20260914-0000001009','20000081','ready',0,0,NULL,NULL,1796076464881,1796086572000,1796101200000,1796101200000,0,'',0,2,3,'仮野 みどり','石川県',0,'{"buyer":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3160","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"550","fee":"330","discount":"0","points":"0","total":"3160","currency":"JPY"}}','1c36d5ef9efc27d21ebfbe58e12c924e','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',3160,1,'fc7946f62687f1b8ff758c27',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(10,1,'999999-20260914-0000001010','20000091','received',1,0,NULL,NULL,1796076464881,1796083392000,1796533200000,1796533200000,0,'',0,2,3,'空想 大輔','香川県',0,'{"buyer":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3990","delivery":"宅配便","wish":"2026-12-07 午前中","totals":{"subtotal":"3110","shipping":"550","fee":"330","discount":"0","points":"0","total":"3990","currency":"JPY"}}','692a484e03c2cbb5bb5fb0e11df623b6','yamato_b2','takkyubin','','ambient',35,'2026-12-06','2026-12-07','am',3990,1,'2db4ede9a0d3a38740f426d8',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(11,1,'999999-20260914-0000001011','20000101','released',0,1,1,10,1796076464881,1796083812000,1796101200000,1796101200000,0,'',0,1,1,'例示 誠','福岡県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"990","shipping":"550","fee":"0","discount":"0","points":"0","total":"1540","currency":"JPY"}}','13270f50523d62a9f1300bd55436fa66','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'8b03c5ba2220745ba971fbbe',NULL,0,NULL,0,'[["S60-T",[[20,1]],["S60","S80","S80-H","S100"]]]',0);
INSERT INTO "orders" VALUES(12,1,'999999-20260914-0000001011','20000102','released',0,1,1,12,1796076464881,1796083812000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','宮城県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2310","shipping":"0","fee":"0","discount":"0","points":"0","total":"2310","currency":"JPY"}}','1d5e641919b9835a858ed1f42941762f','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'21bd0c7fb3fbd27ae56a96ac',NULL,0,NULL,0,'[["S60-T",[[22,1],[21,1]],["S60","S80","S80-H","S100"]]]',0);
INSERT INTO "orders" VALUES(13,1,'999999-20260914-0000001012','20000111','received',1,0,NULL,NULL,1796076464881,1796084232000,1796101200000,1796101200000,0,'',0,1,2,'見本田 光','大阪府',0,'{"buyer":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"note":"不在のときは玄関の前に置いてください。","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2560","shipping":"550","fee":"0","discount":"0","points":"0","total":"3110","currency":"JPY"}}','056c60959198bfaf88f87166594c6887','yamato_b2','takkyubin','','ambient',43,'2026-12-01','','',0,1,'6fb9be80defe1a41bfa2f244',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(14,1,'999999-20260914-0000001013','20000121','received',1,0,NULL,NULL,1796076464881,1796088252000,1796101200000,1796101200000,0,'',0,1,1,'試谷 恵','愛知県',0,'{"buyer":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-12-06(土) 午前中","totals":{"subtotal":"780","shipping":"550","fee":"0","discount":"0","points":"0","total":"1330","currency":"JPY"}}','a1f4fc0b5276d2d54f704c5cd82fe9f0','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'b692cd3f0caa64c0503901d4',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(15,1,'999999-20260914-0000001014','20000131','received',1,0,NULL,NULL,1796076464881,1796088672000,1796101200000,1796101200000,0,'',0,2,2,'入力待ち 入力待ち','入力待ち',1,'{"buyer":{"name":"例井 直樹","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8125","country":"JP"},"ship_to":{"name":"入力待ち 入力待ち","postcode":"999-9999","prefecture":"入力待ち","city":"入力待ち","street":"入力待ち","phone":"999-9999-9999","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1800","shipping":"550","fee":"0","discount":"0","points":"0","total":"2350","currency":"JPY"}}','f6eb2fbfff1d4c72ed1e15e80fbfd48b','yamato_b2','takkyubin','','ambient',29,'2026-12-01','','',0,1,'',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(16,1,'999999-20260914-0000001015','20000141','ready',0,0,NULL,NULL,1796076464881,1796089092000,1796101200000,1796101200000,0,'',0,2,2,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1240","shipping":"550","fee":"0","discount":"0","points":"0","total":"1790","currency":"JPY"}}','045fe8a50fea5b71d8be197fdc7dae43','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(17,1,'999999-20260914-0000001016','20000151','ready',0,0,NULL,NULL,1796076464881,1796089512000,1796101200000,1796101200000,0,'',0,1,4,'試験 花子','宮城県',0,'{"buyer":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3440","shipping":"550","fee":"0","discount":"0","points":"0","total":"3990","currency":"JPY"}}','ab812a4e7716f3e49d9cdd614c5aaa65','yamato_b2','takkyubin','','ambient',57,'2026-12-01','','',0,1,'4f218bc0477e10f6876af70f',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(18,1,'999999-20260914-0000001017','20000161','received',1,0,NULL,NULL,1796076464881,1796089932000,1796101200000,1796101200000,0,'',0,1,1,'例題 一郎','広島県',0,'{"buyer":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1320","shipping":"550","fee":"0","discount":"0","points":"0","total":"1870","currency":"JPY"}}','151e14c97f25133d48a32f647fd899ee','yamato_b2','takkyubin','','ambient',39,'2026-12-01','','',0,1,'5c1d4b550677740421c21f24',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(19,1,'999999-20260914-0000001018','20000171','cancelled',0,0,NULL,NULL,1796076464881,1796090352000,NULL,253402300799000,0,'',0,1,2,'仮名 さくら','沖縄県',0,'{"buyer":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2700","shipping":"550","fee":"0","discount":"0","points":"0","total":"3250","currency":"JPY"}}','94efae51af897dfaa2b4f15406ba31c8','','','','ambient',0,'','','',0,1,'',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(20,1,'999999-20260914-0000001019','20000181','received',1,0,NULL,NULL,1796076464881,1796090772000,1796101200000,1796101200000,0,'',0,2,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"550","fee":"0","discount":"0","points":"0","total":"2070","currency":"JPY"}}','36bf71c02ffdcf9058ec297b397dcce0','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(21,1,'999999-20260914-0000001020','20000191','ready',0,0,NULL,NULL,1796076464881,1796091192000,1796101200000,1796101200000,0,'',0,1,6,'見本 あおい','香川県',0,'{"buyer":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6480","shipping":"0","fee":"0","discount":"0","points":"0","total":"6480","currency":"JPY"}}','419e18954620e2e8ca091766e79f00e0','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'55a9582c3248ac3c3d7a6a88',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(22,1,'999999-20260914-0000001021','20000201','ready',0,0,NULL,NULL,1796076464881,1796091612000,1796101200000,1796101200000,0,'',0,2,4,'試作 洋子','東京都',0,'{"buyer":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3960","shipping":"550","fee":"0","discount":"0","points":"0","total":"4510","currency":"JPY"}}','6465f6079ae91b68d87e0d021d426805','yamato_b2','takkyubin','','ambient',35,'2026-12-01','','',0,1,'f066b2dbf3ce3f58b1bed2f3',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(23,1,'999999-20260914-0000001022','20000211','ready',0,0,NULL,NULL,1796076464881,1796092032000,1796101200000,1796101200000,0,'',0,3,3,'例示 誠','大阪府',0,'{"buyer":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4410","shipping":"0","fee":"0","discount":"0","points":"0","total":"4410","currency":"JPY"}}','6126f7d40008e154c43c5c9d9f34017d','yamato_b2','takkyubin','','ambient',48,'2026-12-01','','',0,1,'1033dcbd80a6886081f16015',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(24,1,'999999-20260914-0000001023','20000221','received',1,0,NULL,NULL,1796076464881,1796092452000,1796101200000,1796101200000,-1,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1200","shipping":"550","fee":"0","discount":"0","points":"0","total":"1750","currency":"JPY"}}','cea7fd60f546f0e711ee22478075e3f0','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(25,1,'999999-20260914-0000001024','20000231','ready',0,0,NULL,NULL,1796076464881,1796092872000,1796101200000,1796101200000,0,'',0,2,3,'空想 大輔','北海道',0,'{"buyer":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6440","shipping":"0","fee":"0","discount":"0","points":"0","total":"6440","currency":"JPY"}}','824299a76a05e8b98581e95f9799f8e0','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'6b6ba2a5af78bb3e51ae1a8f',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(26,1,'999999-20260914-0000001025','20000241','ready',0,0,NULL,NULL,1796076464881,1796096892000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','福岡県',0,'{"buyer":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1920","shipping":"550","fee":"0","discount":"0","points":"0","total":"2470","currency":"JPY"}}','4865083e527a932a190c0a9d0797b026','yamato_b2','takkyubin','','ambient',42,'2026-12-01','','',0,1,'185c1859825983786b3354ae',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(27,2,'#1001','','released',0,1,1,6,1796076464920,1796083205000,1796101200000,1796101200000,0,'',0,2,2,'例題 一郎','東京都',0,'{"buyer":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2760","shipping":"600","discount":"0","tax":"249","total":"3360","currency":"JPY"}}','7263b267b83ca03742ac549b96267475','yamato_b2','takkyubin','','ambient',45,'2026-12-01','','',0,1,'d924250a5e51e47a706705d1',NULL,0,NULL,0,'[["S60",[[46,1],[47,1]],["S80","S80-H","S100","S120"]]]',0);
INSERT INTO "orders" VALUES(28,2,'#1002','','released',0,1,1,8,1796076464920,1796083865000,1796101200000,1796101200000,0,'',0,1,2,'例示 誠','北海道',0,'{"buyer":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','2285f33991e854a0aa7b37a460536435','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'d2b80cd9676a8765f0f571dc',NULL,0,NULL,0,'[["S80",[[48,2]],["S80-H","S100","S120"]]]',1);
INSERT INTO "orders" VALUES(29,2,'#1003','','released',0,1,1,11,1796076464920,1796084525000,1796101200000,1796101200000,0,'',0,3,3,'試谷 恵','広島県',0,'{"buyer":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','d5348381a7af5e6ec740c4efecfbc77e','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'84535e21802645e24042ddb6',NULL,0,NULL,0,'[["S60-T",[[51,1],[49,1],[50,1]],["S60","S80","S80-H","S100"]]]',0);
INSERT INTO "orders" VALUES(30,2,'#1004','','verified',0,1,1,1,1796076464920,1796085185000,1796101200000,1796101200000,0,'',0,2,3,'仮名 さくら','香川県',0,'{"buyer":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4140","shipping":"600","discount":"0","tax":"351","total":"4740","currency":"JPY"}}','4d76a2ddb57d5a9c104ec2af2c5b95d7','yamato_b2','takkyubin','','ambient',34,'2026-12-01','','',0,1,'67814a0045a9edfc88f234ce',NULL,0,NULL,0,'[["S60-T",[[52,1],[53,2]],["S60","S80","S80-H","S100"]]]',0);
INSERT INTO "orders" VALUES(31,2,'#1005','','received',2,0,NULL,NULL,1796076464920,1796085845000,1796101200000,1796101200000,0,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"note":"ギフト用の紙袋を1枚つけてください。","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1350","shipping":"600","discount":"0","tax":"144","total":"1950","currency":"JPY"}}','218b87b53e303b0284b7d1a55251f1bf','yamato_b2','takkyubin','','ambient',23,'2026-12-01','','',0,1,'7b1797573c389b6f278405d9',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(32,2,'#1006','','cancelled',0,0,NULL,NULL,1796076464920,1796090105000,NULL,253402300799000,0,'',0,3,3,'例井 直樹','宮城県',0,'{"buyer":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"ship_to":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3150","shipping":"600","discount":"0","tax":"278","total":"3750","currency":"JPY"}}','823436dcf3b86a2b4df808b10eb3a766','','','','ambient',0,'','','',0,1,'',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(33,2,'#1007','','received',1,0,NULL,NULL,1796076464920,1796087165000,1796101200000,1796101200000,0,'',0,1,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"note":"","payment":"Bank Deposit","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1960","shipping":"600","discount":"0","tax":"190","total":"2560","currency":"JPY"}}','ba14a01a7d1e1b5ba851bb78c45dda32','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'263af90596e50548cb485201',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(34,2,'#1008','','received',1,0,NULL,NULL,1796076464920,1796087825000,1796101200000,1796101200000,0,'',0,2,2,'空想 大輔','大阪府',0,'{"buyer":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"600","discount":"0","tax":"213","total":"2880","currency":"JPY"}}','498a90332af938751dccc9f95376a1b4','yamato_b2','takkyubin','','ambient',25,'2026-12-01','','',0,1,'42555dbaad1f1a8b8b41bdd4',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(35,2,'#1009','','received',1,0,NULL,NULL,1796076464920,1796088485000,1796360400000,1796360400000,0,'',0,2,3,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"配達希望日: 2026-12-06\n時間帯: 18-20時","totals":{"subtotal":"1860","shipping":"600","discount":"0","tax":"182","total":"2460","currency":"JPY"}}','5522b8522b4b4d75ef160530c882258a','yamato_b2','takkyubin','','ambient',46,'2026-12-04','2026-12-06','18-20',0,1,'43324b9e566382e2e904eeaf',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(36,2,'#1010','','ready',0,0,NULL,NULL,1796076464920,1796089145000,1796101200000,1796101200000,0,'',0,2,2,'見本 あおい','沖縄県',0,'{"buyer":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"note":"","payment":"Cash on Delivery (COD)","cod_amount":"2660","delivery":"宅配便","wish":"","totals":{"subtotal":"2060","shipping":"600","discount":"0","tax":"197","total":"2660","currency":"JPY"}}','2dd6ff0c60f8a5a4e4e1e01a3750bd20','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',2660,1,'96596ea9a3f1bdb61635e3d0',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(37,2,'#1011','','received',1,0,NULL,NULL,1796076464920,1796093405000,1796101200000,1796101200000,0,'',0,3,3,'架川 ゆき','東京都',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"メッセージ: おめでとうございます","totals":{"subtotal":"5210","shipping":"600","discount":"0","tax":"430","total":"5810","currency":"JPY"}}','bdb0207792a4750ed3b39244fe797b5a','yamato_b2','takkyubin','','ambient',37,'2026-12-01','','',0,1,'0e89d438c3b79d720a1613f5',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(38,2,'#1012','','ready',0,0,NULL,NULL,1796076464920,1796090465000,1796101200000,1796101200000,0,'',0,1,3,'試験 花子','北海道',0,'{"buyer":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4440","shipping":"600","discount":"0","tax":"373","total":"5040","currency":"JPY"}}','3946a57d35559f1d9b09ba13eda0efc5','yamato_b2','takkyubin','','ambient',51,'2026-12-01','','',0,1,'41ae3eb8734474b2c84ee28e',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(39,2,'#1013','','ready',0,0,NULL,NULL,1796076464920,1796091125000,1796101200000,1796101200000,0,'',0,1,1,'試作 洋子','広島県',0,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"760","shipping":"600","discount":"0","tax":"101","total":"1360","currency":"JPY"}}','a0e637c197963f61ca88605592b70fd5','yamato_b2','takkyubin','','ambient',32,'2026-12-01','','',0,1,'851ab0d10ed962a3c8f824af',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(40,2,'#1014','','ready',0,0,NULL,NULL,1796076464920,1796091785000,1796101200000,1796101200000,0,'',0,1,5,'見本田 光','香川県',0,'{"buyer":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4950","shipping":"600","discount":"0","tax":"411","total":"5550","currency":"JPY"}}','8092abe280892db9bb4e1ede44d2c3dc','yamato_b2','takkyubin','','ambient',36,'2026-12-01','','',0,1,'fdff1eef3adca704cd87d346',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(41,2,'#1015','','received',1,0,NULL,NULL,1796076464920,1796092445000,1796101200000,1796101200000,0,'',0,2,3,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2200","shipping":"600","discount":"0","tax":"207","total":"2800","currency":"JPY"}}','f856456a8eca15751db422eb23e3b549','yamato_b2','takkyubin','','ambient',46,'2026-12-01','','',0,1,'5608ce7dfaeb72a2eef449ed',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(42,2,'#1016','','ready',0,0,NULL,NULL,1796076464920,1796096705000,1796101200000,1796101200000,0,'',0,2,2,'例示 誠','宮城県',0,'{"buyer":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"600","discount":"0","tax":"157","total":"2120","currency":"JPY"}}','c96bd79bf9aa68fcb2bcb438b74db6f9','yamato_b2','takkyubin','','ambient',33,'2026-12-01','','',0,1,'6eccd1318a9943f4001b6dda',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(43,2,'#1017','','received',2,0,NULL,NULL,1796076464920,1796097365000,1796101200000,1796101200000,0,'',0,1,2,'Example Person','',0,'{"buyer":{"name":"試谷 恵","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1016","country":"JP"},"ship_to":{"name":"Example Person","postcode":"ZZ1 1ZZ","city":"Exampleville","street":"1 Sample Street","phone":"+44 0000 000000","country":"GB"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2640","shipping":"600","discount":"0","tax":"240","total":"3240","currency":"JPY"}}','480fba07238255822f3d902e7c7a6fdd','yamato_b2','takkyubin','','ambient',40,'2026-12-01','','',0,1,'',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(44,2,'#1019','','ready',0,0,NULL,NULL,1796076464920,1796095085000,1796101200000,1796101200000,0,'',0,2,2,'仮野 みどり','福岡県',0,'{"buyer":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2400","shipping":"600","discount":"0","tax":"222","total":"3000","currency":"JPY"}}','12a7aa0044e0b56a0aff31af32f455a5','yamato_b2','takkyubin','','ambient',41,'2026-12-01','','',0,1,'dcf93b576ae4de6d4fa64c87',NULL,0,NULL,0,'',0);
INSERT INTO "orders" VALUES(45,2,'#1020','','ready',0,0,NULL,NULL,1796076464920,1796095745000,1796101200000,1796101200000,0,'',0,2,4,'株式会社かくう 例井 直樹','沖縄県',0,'{"buyer":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"ship_to":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3040","shipping":"600","discount":"0","tax":"270","total":"3640","currency":"JPY"}}','02188e0b725a85c0d3abc1ac51a96cef','yamato_b2','takkyubin','','ambient',56,'2026-12-01','','',0,1,'d4d22dcef4248c4111c315dd',NULL,0,NULL,0,'',0);
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
	closed_at BIGINT, unlabelled VARCHAR DEFAULT '' NOT NULL, slips TEXT DEFAULT '' NOT NULL, handover_id INTEGER, box SMALLINT DEFAULT 1 NOT NULL, free SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_parcels PRIMARY KEY (id), 
	CONSTRAINT fk_parcels_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
INSERT INTO "parcels" VALUES(1,30,1,'closed','1',1796076466998,1796076467017,'','1-001-1',NULL,1,0);
INSERT INTO "parcels" VALUES(2,7,1,'closed','1',1796076467021,1796076467031,'','1-002-1',NULL,1,0);
INSERT INTO "parcels" VALUES(3,1,1,'open','1',1796076467033,NULL,'','1-003-1',NULL,1,0);
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
CREATE TABLE photos (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	station VARCHAR NOT NULL, 
	order_id INTEGER NOT NULL, 
	parcel_id INTEGER, 
	box SMALLINT DEFAULT 1 NOT NULL, 
	file VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	gone_at BIGINT, 
	CONSTRAINT pk_photos PRIMARY KEY (id), 
	CONSTRAINT fk_photos_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT uq_photos_file UNIQUE (file)
);
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
	result TEXT DEFAULT '' NOT NULL, subject TEXT DEFAULT '' NOT NULL, sender VARCHAR DEFAULT '' NOT NULL, routed_id INTEGER, printer_id INTEGER, copies SMALLINT DEFAULT 1 NOT NULL, repeats INTEGER, device_job VARCHAR DEFAULT '' NOT NULL, sent_at BIGINT, settled_at BIGINT, settled_by VARCHAR(8) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_print_jobs PRIMARY KEY (id)
);
INSERT INTO "print_jobs" VALUES(1,'693fbeef-3d64-4186-b5b0-b4ed0070b181',1796076466478,'1','pick_list',NULL,1,0,'','confirmed',1,0,'','/opt/kenpin/.sample/papers/000001-pick_list-batch-1.pdf','{"pages":1}','1',NULL,0,1,NULL,'',1796076466925,1796076466929,'printer');
INSERT INTO "print_jobs" VALUES(2,'693fbeef-3d64-4186-b5b0-b4ed0070b181',1796076466478,'1','slips',NULL,1,0,'','confirmed',1,0,'','/opt/kenpin/.sample/papers/000002-slips-batch-1.pdf','{"orders":[30,1,2,5,27,6,28,29],"pages":8,"on":[1,3,4,5,6,7,8,11]}','1',NULL,0,1,NULL,'',1796076466957,1796076466958,'printer');
INSERT INTO "print_jobs" VALUES(3,'693fbeef-3d64-4186-b5b0-b4ed0070b181',1796076466478,'1','noshi',NULL,1,0,'','confirmed',1,0,'','/opt/kenpin/.sample/papers/000003-noshi-batch-1.pdf','{"pages":1,"on":[2]}','1',NULL,0,1,NULL,'',1796076466968,1796076466970,'printer');
INSERT INTO "print_jobs" VALUES(4,'693fbeef-3d64-4186-b5b0-b4ed0070b181',1796076466478,'1','slips',NULL,1,0,'','confirmed',1,0,'','/opt/kenpin/.sample/papers/000004-slips-batch-1.pdf','{"orders":[7,8,11,12],"pages":4,"on":[2,9,10,12]}','1',NULL,0,2,NULL,'',1796076466996,1796076466998,'printer');
CREATE TABLE print_rules (
	id INTEGER NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	name VARCHAR NOT NULL, 
	paper VARCHAR(16) NOT NULL, 
	conditions TEXT DEFAULT '{}' NOT NULL, 
	"when" VARCHAR(8) DEFAULT '' NOT NULL, 
	copies SMALLINT DEFAULT 1 NOT NULL, 
	printer_id INTEGER, 
	template VARCHAR DEFAULT '' NOT NULL, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_print_rules PRIMARY KEY (id), 
	CONSTRAINT fk_print_rules_printer_id FOREIGN KEY(printer_id) REFERENCES printers (id)
);
INSERT INTO "print_rules" VALUES(1,1,'Gifts','packing_slip','{"gift":true}','',2,NULL,'',1);
CREATE TABLE printers (
	id INTEGER NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	name VARCHAR NOT NULL, 
	station VARCHAR DEFAULT '' NOT NULL, 
	transport VARCHAR(8) NOT NULL, 
	address VARCHAR NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	dpi SMALLINT DEFAULT 0 NOT NULL, 
	media VARCHAR(16) DEFAULT '' NOT NULL, 
	options TEXT DEFAULT '{}' NOT NULL, 
	takeover_id INTEGER, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	state VARCHAR(12) DEFAULT '' NOT NULL, 
	told TEXT DEFAULT '' NOT NULL, 
	seen_at BIGINT, 
	answers SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_printers PRIMARY KEY (id), 
	CONSTRAINT fk_printers_takeover_id FOREIGN KEY(takeover_id) REFERENCES printers (id), 
	CONSTRAINT uq_printers_name UNIQUE (name)
);
INSERT INTO "printers" VALUES(1,1,'Labels','','raw','192.0.2.7:9100','zpl',203,'100x150','{}',NULL,0,'','',NULL,0);
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
CREATE TABLE product_weights (
	product_id INTEGER NOT NULL, 
	count INTEGER NOT NULL, 
	mean_mg BIGINT NOT NULL, 
	sd_mg BIGINT NOT NULL, 
	doubt_mg BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_product_weights PRIMARY KEY (product_id), 
	CONSTRAINT fk_product_weights_product_id FOREIGN KEY(product_id) REFERENCES products (id)
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
	lot_policy VARCHAR DEFAULT 'none' NOT NULL, temperature VARCHAR(8) DEFAULT 'ambient' NOT NULL, on_sale_from VARCHAR(10) DEFAULT '' NOT NULL, lot_from VARCHAR(8) DEFAULT 'auto' NOT NULL, min_days INTEGER, keyed SMALLINT DEFAULT 0 NOT NULL, no_code SMALLINT DEFAULT 0 NOT NULL, unit_scan SMALLINT DEFAULT 0 NOT NULL, alike SMALLINT DEFAULT 0 NOT NULL, fragile SMALLINT DEFAULT 0 NOT NULL, orientation VARCHAR(8) DEFAULT 'any' NOT NULL, liquid SMALLINT DEFAULT 0 NOT NULL, dangerous SMALLINT DEFAULT 0 NOT NULL, pressed_mm INTEGER, cushion_mm INTEGER, own_carton SMALLINT DEFAULT 0 NOT NULL, pack_note TEXT DEFAULT '' NOT NULL, pack_picture VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT uq_products_sku UNIQUE (sku)
);
INSERT INTO "products" VALUES(1,'MAT-050','mat-050','有機抹茶パウダー 50g','Organic matcha powder 50 g','04599990001013',62,140,90,20,'/opt/kenpin/resources/demo/pictures/MAT-050.png','A-01-01','lot_expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(2,'MAT-100','mat-100','有機抹茶パウダー 100g','Organic matcha powder 100 g','04599990001020',114,170,110,25,'/opt/kenpin/resources/demo/pictures/MAT-100.png','A-01-02','lot_expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(3,'HOJ-080','hoj-080','深煎りほうじ茶 80g','Dark roasted hojicha 80 g','04599990001112',92,210,120,40,'/opt/kenpin/resources/demo/pictures/HOJ-080.png','A-01-03','expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(4,'HOJ-T20','hoj-t20','深煎りほうじ茶 ティーバッグ 20袋','Dark roasted hojicha, 20 tea bags','04599990001129',66,150,100,70,'/opt/kenpin/resources/demo/pictures/HOJ-T20.png','A-01-04','expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(5,'SEN-100','sen-100','朝露せんちゃ 100g','Asatsuyu sencha 100 g','04599990001136',112,210,120,40,'/opt/kenpin/resources/demo/pictures/SEN-100.png','A-02-01','none','ambient','','auto',NULL,0,0,0,0,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(6,'GEN-200','gen-200','玄米茶 ふくろう印 200g','Owl genmaicha 200 g','04599990001143',214,240,130,50,'/opt/kenpin/resources/demo/pictures/GEN-200.png','A-02-02','none','ambient','','auto',NULL,0,0,0,0,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(7,'COF-MED','cof-med','みさき珈琲 豆 中煎り 200g','Misaki coffee beans, medium roast 200 g','04599990002010',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-MED.png','A-02-03','expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(8,'COF-DRK','cof-drk','みさき珈琲 豆 深煎り 200g','Misaki coffee beans, dark roast 200 g','04599990002027',212,220,110,60,'/opt/kenpin/resources/demo/pictures/COF-DRK.png','A-02-04','expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(9,'COF-DRP','cof-drp','みさき珈琲 ドリップ 10袋','Misaki drip coffee, 10 bags','04599990002034',120,180,130,60,'/opt/kenpin/resources/demo/pictures/COF-DRP.png','A-03-01','none','ambient','','auto',NULL,1,0,0,0,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(10,'YUZ-150','yuz-150','ゆずしお 150g','Yuzu salt 150 g','04599990003017',260,60,60,110,'/opt/kenpin/resources/demo/pictures/YUZ-150.png','A-03-02','none','ambient','','auto',NULL,0,0,0,1,1,'upright',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(11,'YUZ-300','yuz-300','ゆずしお 300g','Yuzu salt 300 g','04599990003024',470,75,75,130,'/opt/kenpin/resources/demo/pictures/YUZ-300.png','A-03-03','none','ambient','','auto',NULL,0,0,0,1,1,'upright',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(12,'MIS-AKA','mis-aka','ひなた味噌 赤 500g','Hinata miso, red 500 g','04599990003116',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-AKA.png','A-03-04','expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(13,'MIS-SHI','mis-shi','ひなた味噌 白 500g','Hinata miso, white 500 g','04599990003123',545,120,120,80,'/opt/kenpin/resources/demo/pictures/MIS-SHI.png','A-04-01','expiry','ambient','','auto',NULL,0,0,0,1,0,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(14,'SHO-300','sho-300','こいくちしょうゆ くじら 300ml','Kujira soy sauce 300 ml','04599990003215',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-300.png','A-04-02','none','ambient','','auto',NULL,0,0,0,1,1,'upright',1,0,NULL,NULL,0,'びんは1本ずつ緩衝材で巻き、立てて入れる','');
INSERT INTO "products" VALUES(15,'SHO-USU','sho-usu','うすくちしょうゆ くじら 300ml','Kujira light soy sauce 300 ml','04599990003222',520,62,62,205,'/opt/kenpin/resources/demo/pictures/SHO-USU.png','A-04-03','none','ambient','','auto',NULL,0,0,0,1,1,'upright',1,0,NULL,NULL,0,'びんは1本ずつ緩衝材で巻き、立てて入れる','');
INSERT INTO "products" VALUES(16,'HON-180','hon-180','れんげはちみつ 180g','Milk vetch honey 180 g','04599990003314',330,65,65,95,'/opt/kenpin/resources/demo/pictures/HON-180.png','A-04-04','none','ambient','','auto',NULL,0,0,0,0,1,'upright',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(17,'JAM-ICH','jam-ich','いちごジャム 木苺舎 150g','Strawberry jam 150 g','04599990003413',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-ICH.png','B-01-01','none','ambient','','auto',NULL,0,0,0,1,1,'upright',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(18,'JAM-BLU','jam-blu','ブルーベリージャム 木苺舎 150g','Blueberry jam 150 g','04599990003420',285,65,65,90,'/opt/kenpin/resources/demo/pictures/JAM-BLU.png','B-01-02','none','ambient','','auto',NULL,0,0,0,1,1,'upright',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(19,'CUP-BLU','cup-blu','湯のみ なみ紋 青','Tea cup, wave pattern, blue','04599990004014',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-BLU.png','B-01-03','none','ambient','','auto',NULL,0,0,0,1,1,'any',0,0,NULL,NULL,0,'薄紙で包み、口を下にして入れる','');
INSERT INTO "products" VALUES(20,'CUP-RED','cup-red','湯のみ なみ紋 赤','Tea cup, wave pattern, red','04599990004021',310,90,90,95,'/opt/kenpin/resources/demo/pictures/CUP-RED.png','B-01-04','none','ambient','','auto',NULL,0,0,0,1,1,'any',0,0,NULL,NULL,0,'薄紙で包み、口を下にして入れる','');
INSERT INTO "products" VALUES(21,'TOW-IND','tow-ind','てぬぐい 千鳥 藍','Towel, plovers, indigo','04599990004113',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-IND.png','B-02-01','none','ambient','','auto',NULL,1,0,0,1,0,'lying',0,0,6,NULL,0,'','');
INSERT INTO "products" VALUES(22,'TOW-SAK','tow-sak','てぬぐい 千鳥 桜','Towel, plovers, cherry','04599990004120',45,200,110,10,'/opt/kenpin/resources/demo/pictures/TOW-SAK.png','B-02-02','none','ambient','','auto',NULL,0,0,0,1,0,'lying',0,0,6,NULL,0,'','');
INSERT INTO "products" VALUES(23,'FUR-045','fur-045','ふろしき 45cm 市松','Wrapping cloth 45 cm','04599990004212',58,220,160,10,'/opt/kenpin/resources/demo/pictures/FUR-045.png','B-02-03','none','ambient','','auto',NULL,0,0,0,0,0,'lying',0,0,7,NULL,0,'','');
INSERT INTO "products" VALUES(24,'CHA-SEN','cha-sen','茶せん 八十本立','Tea whisk, 80 prongs','04599990004311',38,75,75,125,'/opt/kenpin/resources/demo/pictures/CHA-SEN.png','B-02-04','none','ambient','','auto',NULL,0,0,0,0,1,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(25,'TIM-001','tim-001','砂時計 3分 木枠','Sand timer, 3 minutes','04599990004410',165,70,70,120,'/opt/kenpin/resources/demo/pictures/TIM-001.png','B-03-01','serial','ambient','','auto',NULL,0,0,0,0,1,'any',0,0,NULL,NULL,0,'','');
INSERT INTO "products" VALUES(26,'GFT-BOX','gft-box','ギフト箱 中（包装つき）','Gift box, medium','',140,260,200,90,'/opt/kenpin/resources/demo/pictures/GFT-BOX.png','B-03-02','none','ambient','','auto',NULL,0,1,0,0,0,'any',0,0,NULL,NULL,0,'','');
CREATE TABLE promised (
	product_id INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_promised PRIMARY KEY (product_id), 
	CONSTRAINT fk_promised_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "promised" VALUES(1,8);
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
INSERT INTO "promised" VALUES(22,9);
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
CREATE TABLE return_steps (
	id INTEGER NOT NULL, 
	return_id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	line_id INTEGER, 
	product_id INTEGER NOT NULL, 
	code VARCHAR DEFAULT '' NOT NULL, 
	quantity INTEGER DEFAULT 1 NOT NULL, 
	lot VARCHAR DEFAULT '' NOT NULL, 
	expiry VARCHAR(10) DEFAULT '' NOT NULL, 
	serial VARCHAR DEFAULT '' NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	grade VARCHAR(8) NOT NULL, 
	place VARCHAR NOT NULL, 
	undone VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_return_steps PRIMARY KEY (id), 
	CONSTRAINT fk_return_steps_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_return_steps_return_id FOREIGN KEY(return_id) REFERENCES returns (id)
);
CREATE TABLE returns (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	parcel_id INTEGER, 
	waybill VARCHAR DEFAULT '' NOT NULL, 
	state VARCHAR(8) DEFAULT 'open' NOT NULL, 
	holder VARCHAR DEFAULT '' NOT NULL, 
	opened_at BIGINT NOT NULL, 
	closed_at BIGINT, 
	CONSTRAINT pk_returns PRIMARY KEY (id), 
	CONSTRAINT fk_returns_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
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
INSERT INTO "settings" VALUES('inserts.on','on');
INSERT INTO "settings" VALUES('print_rules.now','c1a81a5a4c15dcb60a5c626f 1796076466526');
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
	seen_at BIGINT DEFAULT 0 NOT NULL, off_by SMALLINT DEFAULT 0 NOT NULL, off_order INTEGER, last_code TEXT DEFAULT '' NOT NULL, refused TEXT DEFAULT '' NOT NULL, job_id INTEGER, picking TEXT DEFAULT '' NOT NULL, scale VARCHAR(8) DEFAULT '' NOT NULL, return_id INTEGER, return_ask TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_stations PRIMARY KEY (name)
);
INSERT INTO "stations" VALUES('1',46,'149ce481bd94fa0dc0b04fdd80b16e28861f75d3b69cd64ec2776cc58fdbb5c5',1,3,NULL,'','code.check_digit','refused','',1796076467037,0,NULL,'','',NULL,'','',NULL,'');
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
	undone VARCHAR DEFAULT '' NOT NULL, waybill_id INTEGER, expiry VARCHAR(10) DEFAULT '' NOT NULL, serial VARCHAR DEFAULT '' NOT NULL, how VARCHAR(16) DEFAULT '' NOT NULL, by_person INTEGER, box SMALLINT DEFAULT 1 NOT NULL, extra_id INTEGER, 
	CONSTRAINT pk_steps PRIMARY KEY (id), 
	CONSTRAINT fk_steps_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_steps_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcels (id)
);
INSERT INTO "steps" VALUES(1,30,1,'c2981750-e294-477a-ac1f-cb23acdd5a9d','pack',52,2,'04599990001020',1,'M260702','shelf:A-01-02','','',NULL,'2027-10-17','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(2,30,1,'7ec20526-563c-4ee6-ae50-c61565bd0792','pack',53,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-16','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(3,30,1,'4eac625d-e547-42d0-8aab-3776de06c261','pack',53,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-16','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(4,30,1,'58e43060-0f80-4ad5-a9f8-e8f7a46381fb','attach',NULL,NULL,'912434743150',0,'','','','',1,'','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(5,30,1,'58e43060-0f80-4ad5-a9f8-e8f7a46381fb','close',NULL,NULL,'',0,'','','','',NULL,'','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(6,7,2,'9407a0cb-c0b8-4cfe-bd2a-619854db1bf5','pack',12,2,'04599990001020',1,'M260702','shelf:A-01-02','','',NULL,'2027-10-17','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(7,7,2,'1a58fde8-5856-489c-b296-2876cc31202d','pack',11,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-16','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(8,7,2,'810babc6-0c8f-48da-b657-bf878106111d','insert',NULL,NULL,'KN-1',1,'','','','',NULL,'','','',NULL,1,1);
INSERT INTO "steps" VALUES(9,7,2,'f6f0e76e-6877-470b-8375-532c17599e87','attach',NULL,NULL,'126327417926',0,'','','','',2,'','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(10,7,2,'f6f0e76e-6877-470b-8375-532c17599e87','close',NULL,NULL,'',0,'','','','',NULL,'','','',NULL,1,NULL);
INSERT INTO "steps" VALUES(11,1,3,'8174bad5-ac9e-493f-b385-fc21c59ad00b','pack',1,1,'04599990001013',1,'M260701','shelf:A-01-01','','',NULL,'2027-09-16','','',NULL,1,NULL);
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
INSERT INTO "tallies" VALUES('1',2,'released',-1);
INSERT INTO "tallies" VALUES('1',2,'verified',1);
INSERT INTO "tallies" VALUES('1',1,'released',-1);
INSERT INTO "tallies" VALUES('1',1,'verified',1);
CREATE TABLE templates (
	id INTEGER NOT NULL, 
	paper VARCHAR(16) NOT NULL, 
	name VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_templates PRIMARY KEY (id), 
	CONSTRAINT uq_templates_paper_name UNIQUE (paper, name)
);
INSERT INTO "templates" VALUES(1,'packing_slip','mine','# 納品書 packing slip
# 書式の写しを作り（kenpin templates copy）、変えたい項目だけを残します。書かない項目は、この標準の値になります。
# Copy this template (kenpin templates copy) and keep only what you change; what you leave out stays as it is here.
# mm は紙の上の長さ、pt は文字の大きさ。[size.…] の外に書いた寸法は、すべての用紙に効きます。

title = ""            # { ja = "…", en = "…" } と言語ごとにも書けます
message = ""
footer = ""
qr = "none"           # none | ship_number | link
link = ""             # https://example.com/r/{number}
logo = "shop"         # shop | head | none
fields = ["order_number", "ordered_on", "channel", "delivery", "wish", "payment", "buyer", "note"]
shop = ["name", "address", "phone", "mail", "registration"]
columns = ["row", "name", "quantity", "price", "amount"]
line = ["options", "sku"]
parts = true
totals = true
lines = 0             # 1 枚に入れる明細の数。0 は入るだけ

[colours]
brand = "#123B5D"
ink = "#14212B"
grey = "#53636F"

[size.A4]
margin_mm = 15
right_mm = 82
number_pt = 54
bars_mm = 14
qr_mm = 22
body_pt = 9.5
label_mm = 26
logo_width_mm = 50
logo_height_mm = 13
widths = { row = 9, tick = 9, sku = 34, code = 30, shelf = 22, quantity = 20, price = 25, amount = 29, rate = 14 }

[size.A5]
margin_mm = 10
right_mm = 60
number_pt = 42
bars_mm = 12
qr_mm = 18
body_pt = 8
label_mm = 19
logo_width_mm = 37
logo_height_mm = 10
widths = { row = 7, tick = 7, sku = 26, code = 24, shelf = 17, quantity = 15, price = 19, amount = 23, rate = 11 }

[size.A6]
stacked = true
margin_mm = 6
right_mm = 38
number_pt = 38
bars_mm = 8.5
qr_mm = 15
body_pt = 7
label_mm = 15
logo_width_mm = 28
logo_height_mm = 8
widths = { row = 6, tick = 6, sku = 20, code = 21, shelf = 14, quantity = 11, price = 15, amount = 18, rate = 9 }

[size.4x6]
stacked = true
margin_mm = 4
right_mm = 38
number_pt = 38
bars_mm = 8.5
qr_mm = 16
body_pt = 7.5
label_mm = 15
logo_width_mm = 28
logo_height_mm = 8
widths = { row = 6, tick = 6, sku = 21, code = 22, shelf = 14, quantity = 12, price = 16, amount = 19, rate = 9 }

[size.100x150]
stacked = true
margin_mm = 4
right_mm = 38
number_pt = 38
bars_mm = 8.5
qr_mm = 16
body_pt = 7.5
label_mm = 15
logo_width_mm = 28
logo_height_mm = 8
widths = { row = 6, tick = 6, sku = 21, code = 22, shelf = 14, quantity = 12, price = 16, amount = 19, rate = 9 }

[size.62]
stacked = true
margin_mm = 3.5
right_mm = 55
number_pt = 40
bars_mm = 10
qr_mm = 18
body_pt = 8
label_mm = 16
logo_width_mm = 30
logo_height_mm = 9
',1796076466529);
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
INSERT INTO "waybills" VALUES(1,30,1,1,1,1,'1-001-1',1,1,'yamato_b2','takkyubin',0,'attached','912434743150',0,NULL,'',0,1,1,1,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(2,7,1,2,1,1,'1-002-1',1,1,'yamato_b2','takkyubin',0,'attached','126327417926',0,NULL,'',0,1,2,2,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(3,1,1,3,1,1,'1-003-1',1,1,'yamato_b2','takkyubin',0,'numbered','876418747234',0,NULL,'',0,1,3,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(4,2,1,4,1,1,'1-004-1',1,1,'yamato_b2','takkyubin',0,'numbered','902291276364',0,NULL,'',0,1,4,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(5,5,1,5,1,1,'1-005-1',1,1,'yamato_b2','takkyubin',0,'numbered','628590655556',0,NULL,'',0,1,5,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(6,27,1,6,1,1,'1-006-1',1,1,'yamato_b2','takkyubin',0,'numbered','239043775891',0,NULL,'',0,1,6,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(7,6,1,7,1,1,'1-007-1',1,1,'yamato_b2','takkyubin',0,'numbered','292680690271',0,NULL,'',0,1,7,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(8,28,1,8,1,1,'1-008-1',1,1,'yamato_b2','takkyubin',0,'numbered','766290218105',0,NULL,'',0,1,8,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(9,8,1,9,1,1,'1-009-1',1,1,'yamato_b2','takkyubin',0,'numbered','635945861003',0,NULL,'',0,1,9,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(10,11,1,10,1,1,'1-010-1',1,1,'yamato_b2','takkyubin',0,'numbered','546796874702',0,NULL,'',0,1,10,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(11,29,1,11,1,1,'1-011-1',1,1,'yamato_b2','takkyubin',0,'numbered','941102913074',0,NULL,'',0,1,11,NULL,1796076466478,1796076466505);
INSERT INTO "waybills" VALUES(12,12,1,12,1,1,'1-012-1',1,1,'yamato_b2','takkyubin',0,'numbered','266525366402',0,NULL,'',0,1,12,NULL,1796076466478,1796076466505);
CREATE INDEX ix_journal_order_id ON journal (order_id);
CREATE INDEX ix_print_jobs_order_id ON print_jobs (order_id);
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
CREATE INDEX ix_steps_extra_id ON steps (extra_id) WHERE extra_id IS NOT NULL;
CREATE INDEX ix_carton_choices_goods ON carton_choices (goods);
CREATE INDEX ix_extras_order_id ON extras (order_id);
CREATE INDEX ix_buyers_order_id ON buyers (order_id);
CREATE INDEX ix_photos_kept ON photos (at) WHERE gone_at IS NULL;
CREATE INDEX ix_photos_order_id ON photos (order_id);
CREATE UNIQUE INDEX ix_returns_open ON returns (order_id) WHERE state = 'open';
CREATE INDEX ix_returns_order_id ON returns (order_id);
CREATE INDEX ix_return_steps_return_id ON return_steps (return_id);
CREATE INDEX ix_print_jobs_outbox ON print_jobs (sender, id) WHERE state IN ('waiting','sent','unknown','failed');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batches',1);
INSERT INTO "sqlite_sequence" VALUES('extras',6);
COMMIT;
