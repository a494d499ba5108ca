BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "balances" VALUES(1,'parcel:2','',1);
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','',-1);
INSERT INTO "balances" VALUES(1,'shelf:A-01-01','M260701',84);
INSERT INTO "balances" VALUES(1,'supplier','M260701',-84);
INSERT INTO "balances" VALUES(2,'shelf:A-01-02','M260702',60);
INSERT INTO "balances" VALUES(2,'supplier','M260702',-60);
INSERT INTO "balances" VALUES(3,'parcel:4','',1);
INSERT INTO "balances" VALUES(3,'shelf:A-01-03','',47);
INSERT INTO "balances" VALUES(3,'supplier','',-48);
INSERT INTO "balances" VALUES(4,'shelf:A-01-04','',72);
INSERT INTO "balances" VALUES(4,'supplier','',-72);
INSERT INTO "balances" VALUES(5,'customer','',1);
INSERT INTO "balances" VALUES(5,'parcel:1','',0);
INSERT INTO "balances" VALUES(5,'parcel:4','',2);
INSERT INTO "balances" VALUES(5,'shelf:A-02-01','',52);
INSERT INTO "balances" VALUES(5,'supplier','',-55);
INSERT INTO "balances" VALUES(6,'shelf:A-02-02','',40);
INSERT INTO "balances" VALUES(6,'supplier','',-40);
INSERT INTO "balances" VALUES(7,'shelf:A-02-03','',36);
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
INSERT INTO "balances" VALUES(24,'parcel:2','',1);
INSERT INTO "balances" VALUES(24,'shelf:B-02-04','',17);
INSERT INTO "balances" VALUES(24,'supplier','',-18);
INSERT INTO "balances" VALUES(26,'shelf:B-03-02','',50);
INSERT INTO "balances" VALUES(26,'supplier','',-50);
CREATE TABLE batches (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	act VARCHAR NOT NULL
);
INSERT INTO "batches" VALUES(1,1795575406191,'f1bc89bf-3319-4b5a-bdab-67ebbd81c90a');
CREATE TABLE holds (
	order_id INTEGER NOT NULL, 
	hold VARCHAR(32) NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL, 
	at BIGINT NOT NULL, 
	lifted_at BIGINT, 
	CONSTRAINT pk_holds PRIMARY KEY (order_id, hold), 
	CONSTRAINT fk_holds_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
INSERT INTO "holds" VALUES(13,'remark','',1795575406175,NULL);
INSERT INTO "holds" VALUES(15,'address_awaited','',1795575406175,NULL);
INSERT INTO "holds" VALUES(18,'unpaid','',1795575406175,NULL);
INSERT INTO "holds" VALUES(20,'unpaid','',1795575406175,NULL);
INSERT INTO "holds" VALUES(31,'remark','',1795575406187,NULL);
INSERT INTO "holds" VALUES(33,'unpaid','',1795575406187,NULL);
INSERT INTO "holds" VALUES(34,'unknown_product','',1795575406187,NULL);
INSERT INTO "holds" VALUES(2,'short','',1795575406216,NULL);
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	file VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	shop VARCHAR NOT NULL, 
	result TEXT NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
INSERT INTO "imports" VALUES(1,'212939d8-2c2e-4dce-8805-1fb9eaab7099',1795575406182,'rakuten.csv','2da3713a2563f8c5272c6c8c4ccd217a70cbbcb0c328bc6724683eca70e3e4cc','rakuten','見本商店 楽天市場店','{"added": 25, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 4, "flagged": 0, "lines": 44, "problems": 5}');
INSERT INTO "imports" VALUES(2,'b2433e23-0d85-40e5-951b-a79bba2f8ef6',1795575406189,'shopify.csv','be6b2778b50d52c44eba98779613a68c04237fef293201613854373b2b13d85e','shopify','見本商店 公式オンラインストア','{"added": 18, "changed": 0, "same": 0, "cancelled": 1, "skipped": 0, "held": 3, "flagged": 0, "lines": 31, "problems": 4}');
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
INSERT INTO "journal" VALUES(1,'ed01022a-6041-4315-8bdb-48d8f212c505','台1',1,1795575406125,NULL,NULL,'settings','','settings','ok','{}','{"shop.name":"見本商店","shop.postcode":"100-0000","shop.address":"東京都架空区見本町1-2-3 見本ビル1階","shop.phone":"03-0000-0000","shop.email":"shop@example.com","shop.registration":"T0000000000000","shop.language":"ja"}','','7893470398c7dd19a894962e8fe181121c6b437095e9756a53ea918706dab840');
INSERT INTO "journal" VALUES(2,'d4ce0ef6-1577-466c-938f-2eab81f7a0cc','台1',2,1795575406126,NULL,NULL,'people','','people','ok','{}','{"person":1,"role":"leader"}','7893470398c7dd19a894962e8fe181121c6b437095e9756a53ea918706dab840','0719727da796e7c7bfe3f383ab4b08fd3a44db84dcdd4b804f90ddb0f9f46cac');
INSERT INTO "journal" VALUES(3,'9b945d26-1144-4a1e-9383-1ff1c3c9e489','台1',3,1795575406127,NULL,NULL,'people','','people','ok','{}','{"person":2,"role":"packer"}','0719727da796e7c7bfe3f383ab4b08fd3a44db84dcdd4b804f90ddb0f9f46cac','99d601468133cb3721804fa030b718cf8cd7535dc5b2948b3473a5117a00438b');
INSERT INTO "journal" VALUES(4,'83979594-a9e8-418b-ad3f-33dfa7346360','台1',4,1795575406128,NULL,NULL,'people','','people','ok','{}','{"person":3,"role":"packer"}','99d601468133cb3721804fa030b718cf8cd7535dc5b2948b3473a5117a00438b','b428b36b9f502789797c842d107342c5d3e38a1d36396aa16bb902079920239f');
INSERT INTO "journal" VALUES(5,'fbe9647e-0ee5-4fb0-a60f-6c2517bea25e','台1',5,1795575406128,NULL,NULL,'people','','people','ok','{}','{"person":4,"role":"picker"}','b428b36b9f502789797c842d107342c5d3e38a1d36396aa16bb902079920239f','3cd0e20e7a1e235f0e113c404ffa91404d86a008c888e976a0a67ed38d2c3078');
INSERT INTO "journal" VALUES(6,'98a15896-c929-4621-a6c0-0246d981b730','台1',6,1795575406129,NULL,NULL,'people','','people','ok','{}','{"person":5,"role":"office"}','3cd0e20e7a1e235f0e113c404ffa91404d86a008c888e976a0a67ed38d2c3078','5f4688584690f85e541ee64e7651b77e219639d10e94c5ed87d1e9ced3623c56');
INSERT INTO "journal" VALUES(7,'0b2fb5fb-b302-48e3-8c70-a7da703bf336','台1',7,1795575406133,NULL,NULL,'products','','products','ok','{}','{"file":"products.csv","skus":["MAT-050","MAT-100","HOJ-080","HOJ-T20","SEN-100","GEN-200","COF-MED","COF-DRK","COF-DRP","YUZ-150","YUZ-300","MIS-AKA","MIS-SHI","SHO-300","SHO-USU","HON-180","JAM-ICH","JAM-BLU","CUP-BLU","CUP-RED","TOW-IND","TOW-SAK","FUR-045","CHA-SEN","TIM-001","GFT-BOX"]}','5f4688584690f85e541ee64e7651b77e219639d10e94c5ed87d1e9ced3623c56','c79cae436a0be7fceef7ad1353ca6a735d96b80a8b6d2016df4c4fd5aa2f6e5b');
INSERT INTO "journal" VALUES(8,'2da218b4-8c88-41e7-92f9-075346e5f4b1','台1',8,1795575406175,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","shop":"見本商店 楽天市場店","first":"999999-20260914-0000001001","last":"999999-20260914-0000001025","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":4,"flagged":0}','c79cae436a0be7fceef7ad1353ca6a735d96b80a8b6d2016df4c4fd5aa2f6e5b','b7e7274cd4c19e54511275d9b8d1caa8b6739b9f83bf4472139a91011cf3d871');
INSERT INTO "journal" VALUES(9,'212939d8-2c2e-4dce-8805-1fb9eaab7099','台1',9,1795575406182,NULL,NULL,'import','','import','ok','{}','{"file":"rakuten.csv","sha256":"2da3713a2563f8c5272c6c8c4ccd217a70cbbcb0c328bc6724683eca70e3e4cc","added":25,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":4,"flagged":0,"lines":44,"problems":5}','b7e7274cd4c19e54511275d9b8d1caa8b6739b9f83bf4472139a91011cf3d871','a53dd2a16bfd67b0a2324dc73eae1818b48ad8d537560dce43c15ddb69c40a9e');
INSERT INTO "journal" VALUES(10,'9cf21699-b500-4a6d-a240-42a33bf67d0d','台1',10,1795575406187,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","shop":"見本商店 公式オンラインストア","first":"#1001","last":"#1020","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":3,"flagged":0}','a53dd2a16bfd67b0a2324dc73eae1818b48ad8d537560dce43c15ddb69c40a9e','e1edd8f0906dc5f824743594a4e7376f80d51f6393c16ead0387871965c75abf');
INSERT INTO "journal" VALUES(11,'b2433e23-0d85-40e5-951b-a79bba2f8ef6','台1',11,1795575406189,NULL,NULL,'import','','import','ok','{}','{"file":"shopify.csv","sha256":"be6b2778b50d52c44eba98779613a68c04237fef293201613854373b2b13d85e","added":18,"changed":0,"same":0,"cancelled":1,"skipped":0,"held":3,"flagged":0,"lines":31,"problems":4}','e1edd8f0906dc5f824743594a4e7376f80d51f6393c16ead0387871965c75abf','8e6cd3360a348323bd8073088099fb8c2d8c26e1d6403d4f9d236be4dafb22cb');
INSERT INTO "journal" VALUES(12,'f1bc89bf-3319-4b5a-bdab-67ebbd81c90a','台1',12,1795575406191,NULL,NULL,'release','','release','ok','{"result":[1,["1-001","1-002","1-003","1-004","1-005","1-006"],[]]}','{"batch":1,"orders":[24,1,2,3,4,5]}','8e6cd3360a348323bd8073088099fb8c2d8c26e1d6403d4f9d236be4dafb22cb','d65e10f54c09f7feb109220d5a429123ddee74f3a88edd88fbfccb9994a746f9');
INSERT INTO "journal" VALUES(13,'aa29d389-d61c-49cb-a1b3-dd44a88e5673','台1',13,1795575406195,2,NULL,'scan','KU-102','person.signed_in','ok','{"level":"ok","key":"person.signed_in","args":{"name":"田中 一郎","role":"packer"},"ask":{"kind":"order"},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":0,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"SignedIn","person":2}]','d65e10f54c09f7feb109220d5a429123ddee74f3a88edd88fbfccb9994a746f9','18b2b6b118049c3effc4d2e6d263bab0a75c95349fd3cd66d1596f20080d01dd');
INSERT INTO "journal" VALUES(14,'8adb24f7-d730-4244-9533-77257d4f2d25','台1',14,1795575406196,2,24,'scan','KO-1-001','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001023","ship_number":"1-001","lines":1,"pieces":1},"ask":{"kind":"item","line":40,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","left":1},"order":"999999-20260914-0000001023","order_id":24,"ship_number":"1-001","done":0,"wanted":1,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":24,"release":false,"taken_over":""}]','18b2b6b118049c3effc4d2e6d263bab0a75c95349fd3cd66d1596f20080d01dd','4f973b20c55e2a94acbc3261208aebd38851fce4b23f275dc0a54f4920fa8ce0');
INSERT INTO "journal" VALUES(15,'efa7dace-d7d8-4561-bf02-ffb6c10c1312','台1',15,1795575406202,2,24,'scan','04599990001136','order.closed','ok','{"level":"ok","key":"order.closed","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","number":"999999-20260914-0000001023","ship_number":"1-001","line_done":1,"line_wanted":1,"done":1,"wanted":1},"ask":{"kind":"order"},"order":"999999-20260914-0000001023","order_id":24,"ship_number":"1-001","done":1,"wanted":1,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":40,"product":5,"code":"04599990001136","quantity":1,"lot":"","source":"shelf:A-02-01"},{"fact":"Closed","short":false}]','4f973b20c55e2a94acbc3261208aebd38851fce4b23f275dc0a54f4920fa8ce0','92a06637138635d87d71e46eefbbeef8acfd3dbf669c54a257cf6ed14551f590');
INSERT INTO "journal" VALUES(16,'a931e390-1f31-4657-a9fb-175d8439992d','台1',16,1795575406204,2,1,'scan','KO-1-002','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001001","ship_number":"1-002","lines":2,"pieces":2},"ask":{"kind":"item","line":1,"sku":"MAT-050","name":"有機抹茶パウダー 50g","product_code":"4599990001013","shelf":"A-01-01","left":1},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-002","done":0,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":1,"release":false,"taken_over":""}]','92a06637138635d87d71e46eefbbeef8acfd3dbf669c54a257cf6ed14551f590','63c3f058c9355b62580d185202ebb7394e03e0ac943c415bc3c43d16d2f710ef');
INSERT INTO "journal" VALUES(17,'40f78314-4e74-4c94-9d24-38f97490dad4','台1',17,1795575406207,2,1,'scan','04599990001013','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"MAT-050","name":"有機抹茶パウダー 50g","item_code":"4599990001013","shelf":"A-01-01","number":"999999-20260914-0000001001","ship_number":"1-002","line_done":1,"line_wanted":1,"done":1,"wanted":2},"ask":{"kind":"item","line":2,"sku":"CHA-SEN","name":"茶せん 八十本立","product_code":"4599990004311","shelf":"B-02-04","left":1},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-002","done":1,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":1,"product":1,"code":"04599990001013","quantity":1,"lot":"","source":"shelf:A-01-01"}]','63c3f058c9355b62580d185202ebb7394e03e0ac943c415bc3c43d16d2f710ef','36a717ba76d09a8c60a3482d0ee877c417977aad5f27b25f6b8a5d26f3d02ac2');
INSERT INTO "journal" VALUES(18,'55e888c4-8b9f-4cbc-9a15-89fa5c9384c8','台1',18,1795575406208,2,1,'scan','04599990004311','order.closed','ok','{"level":"ok","key":"order.closed","args":{"sku":"CHA-SEN","name":"茶せん 八十本立","item_code":"4599990004311","shelf":"B-02-04","number":"999999-20260914-0000001001","ship_number":"1-002","line_done":1,"line_wanted":1,"done":2,"wanted":2},"ask":{"kind":"order"},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-002","done":2,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":2,"product":24,"code":"04599990004311","quantity":1,"lot":"","source":"shelf:B-02-04"},{"fact":"Closed","short":false}]','36a717ba76d09a8c60a3482d0ee877c417977aad5f27b25f6b8a5d26f3d02ac2','d19ce87400509b94034a4f647f70ea39029e2a1e74df279e4ecdf099f3a7e1f4');
INSERT INTO "journal" VALUES(19,'3037d45c-4757-473d-a0df-ac5dfbcb18d5','台1',19,1795575406209,2,1,'scan','4901234567894','code.unknown','refused','{"level":"refused","key":"code.unknown","args":{"code":"4901234567894","gtin":"04901234567894"},"ask":{"kind":"order"},"order":"999999-20260914-0000001001","order_id":1,"ship_number":"1-002","done":2,"wanted":2,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[]','d19ce87400509b94034a4f647f70ea39029e2a1e74df279e4ecdf099f3a7e1f4','1c730fbb1ec2db607d95976c12db192dac039b8bd8c854833e6c87e8dc541150');
INSERT INTO "journal" VALUES(20,'fd0e23f2-ab79-4d37-a000-38bab742cf8c','台1',20,1795575406209,2,NULL,'handover','','handover','ok','{"result":1}','{"orders":[24]}','1c730fbb1ec2db607d95976c12db192dac039b8bd8c854833e6c87e8dc541150','56ac246f62a5e7677bc871b9af2c3d273da6205b0e415dfbb3d83101843c02c9');
INSERT INTO "journal" VALUES(21,'ae953a88-c6e7-4d51-9b5a-677b488bbc58','台1',21,1795575406211,2,2,'scan','KO-1-003','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001002","ship_number":"1-003","lines":1,"pieces":1},"ask":{"kind":"item","line":3,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-003","done":0,"wanted":1,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":2,"release":false,"taken_over":""}]','56ac246f62a5e7677bc871b9af2c3d273da6205b0e415dfbb3d83101843c02c9','de96669ebf24ce84f0ee16a658b524d8e395f85873737559d4421e1ffa2e8e9f');
INSERT INTO "journal" VALUES(22,'ed332d2d-5fa1-42e1-9da1-dfe1a760b0f6','台1',22,1795575406214,2,2,'scan','KP-SHORT','short.ask','question','{"level":"question","key":"short.ask","args":{"name":"有機抹茶パウダー 100g","sku":"MAT-100","left":1},"ask":{"kind":"short_reason","line":3,"sku":"MAT-100","name":"有機抹茶パウダー 100g","product_code":"4599990001020","shelf":"A-01-02","left":1},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-003","done":0,"wanted":1,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Asked","question":"short_reason"}]','de96669ebf24ce84f0ee16a658b524d8e395f85873737559d4421e1ffa2e8e9f','15557a300455d37046728ee47373eb59932bd5e4e41c62e3830a606692179729');
INSERT INTO "journal" VALUES(23,'1232fb9f-cce9-4b4e-bdfe-e67ac1194233','台1',23,1795575406215,2,2,'scan','KP-R-MISSING','short.only_left','question','{"level":"question","key":"short.only_left","args":{"name":"有機抹茶パウダー 100g","sku":"MAT-100","quantity":1,"reason":"missing","missing":1},"ask":{"kind":"close_short"},"order":"999999-20260914-0000001002","order_id":2,"ship_number":"1-003","done":0,"wanted":1,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Shorted","line":3,"quantity":1,"reason":"missing"}]','15557a300455d37046728ee47373eb59932bd5e4e41c62e3830a606692179729','1d4e881e8760e7ffed23d596ec002eb6aaefe3df6a4f3cc909aad641d977ff92');
INSERT INTO "journal" VALUES(24,'5ff8877e-b23d-4ee1-af97-43ca7b784c9d','台1',24,1795575406216,2,NULL,'scan','KP-CANCEL','order.handed_back_short','ok','{"level":"ok","key":"order.handed_back_short","args":{"number":"999999-20260914-0000001002","ship_number":"1-003","put_back":0},"ask":{"kind":"order"},"order":null,"order_id":null,"ship_number":"","done":0,"wanted":0,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"HandedBack","short":true}]','1d4e881e8760e7ffed23d596ec002eb6aaefe3df6a4f3cc909aad641d977ff92','ea84c9d2724418164a96c0fcbf4172dbd26e9cfaaa236bc5111de4de44a205dd');
INSERT INTO "journal" VALUES(25,'20667847-5299-47f3-afb6-4077816cfc6a','台1',25,1795575406217,2,3,'scan','KO-1-004','order.opened','ok','{"level":"ok","key":"order.opened","args":{"number":"999999-20260914-0000001003","ship_number":"1-004","lines":3,"pieces":4},"ask":{"kind":"item","line":4,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","left":2},"order":"999999-20260914-0000001003","order_id":3,"ship_number":"1-004","done":0,"wanted":4,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Opened","order":3,"release":false,"taken_over":""}]','ea84c9d2724418164a96c0fcbf4172dbd26e9cfaaa236bc5111de4de44a205dd','cc3e3f1032415fc1bcb21d28dff0e185f89c677e9f51977484c8bbc2f6df60fa');
INSERT INTO "journal" VALUES(26,'0c9d776a-6455-4230-92e4-0f175e033b84','台1',26,1795575406220,2,3,'scan','04599990001136','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","number":"999999-20260914-0000001003","ship_number":"1-004","line_done":1,"line_wanted":2,"done":1,"wanted":4},"ask":{"kind":"item","line":4,"sku":"SEN-100","name":"朝露せんちゃ 100g","product_code":"4599990001136","shelf":"A-02-01","left":1},"order":"999999-20260914-0000001003","order_id":3,"ship_number":"1-004","done":1,"wanted":4,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":4,"product":5,"code":"04599990001136","quantity":1,"lot":"","source":"shelf:A-02-01"}]','cc3e3f1032415fc1bcb21d28dff0e185f89c677e9f51977484c8bbc2f6df60fa','e4654832e9d0ce4dbae6bc7c254d5b93de746a23f21ede35fdc800a01475a19a');
INSERT INTO "journal" VALUES(27,'66824ec8-fedc-4b13-b990-2ed54f4f8397','台1',27,1795575406221,2,3,'scan','04599990001136','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"SEN-100","name":"朝露せんちゃ 100g","item_code":"4599990001136","shelf":"A-02-01","number":"999999-20260914-0000001003","ship_number":"1-004","line_done":2,"line_wanted":2,"done":2,"wanted":4},"ask":{"kind":"item","line":5,"sku":"HOJ-080","name":"深煎りほうじ茶 80g","product_code":"4599990001112","shelf":"A-01-03","left":1},"order":"999999-20260914-0000001003","order_id":3,"ship_number":"1-004","done":2,"wanted":4,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":4,"product":5,"code":"04599990001136","quantity":1,"lot":"","source":"shelf:A-02-01"}]','e4654832e9d0ce4dbae6bc7c254d5b93de746a23f21ede35fdc800a01475a19a','ad1d183bd7d6f7ab5c617e90d80b9218fda59a868d96bc1aea06fad6312ce3d4');
INSERT INTO "journal" VALUES(28,'5243fe51-7ed8-4228-b5b5-2a0eeba2adb9','台1',28,1795575406222,2,3,'scan','04599990001112','pack.ok','ok','{"level":"ok","key":"pack.ok","args":{"sku":"HOJ-080","name":"深煎りほうじ茶 80g","item_code":"4599990001112","shelf":"A-01-03","number":"999999-20260914-0000001003","ship_number":"1-004","line_done":1,"line_wanted":1,"done":3,"wanted":4},"ask":{"kind":"item","line":6,"sku":"GEN-200","name":"玄米茶 ふくろう印 200g","product_code":"4599990001143","shelf":"A-02-02","left":1},"order":"999999-20260914-0000001003","order_id":3,"ship_number":"1-004","done":3,"wanted":4,"person":{"name":"田中 一郎","role":"packer","language":"ja"}}','[{"fact":"Packed","line":5,"product":3,"code":"04599990001112","quantity":1,"lot":"","source":"shelf:A-01-03"}]','ad1d183bd7d6f7ab5c617e90d80b9218fda59a868d96bc1aea06fad6312ce3d4','6b5cda5391e0759f1deecbe0f870a48258d2715555839d4f68869406fa017eeb');
INSERT INTO "journal" VALUES(29,'6510ebae-6fb2-48da-9b26-79fdef84d3c2','台1',29,1795575406223,2,4,'cancel','','cancel','ok','{}','{"was":"released"}','6b5cda5391e0759f1deecbe0f870a48258d2715555839d4f68869406fa017eeb','9ceef8a7236fe7dabcd8b278e0587e075958dc3d06cd5fa59408fdff821f17f4');
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
INSERT INTO "moves" VALUES(1,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,1,'M260701','supplier','shelf:A-01-01',84,NULL);
INSERT INTO "moves" VALUES(2,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,2,'M260702','supplier','shelf:A-01-02',60,NULL);
INSERT INTO "moves" VALUES(3,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,3,'','supplier','shelf:A-01-03',48,NULL);
INSERT INTO "moves" VALUES(4,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,4,'','supplier','shelf:A-01-04',72,NULL);
INSERT INTO "moves" VALUES(5,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,5,'','supplier','shelf:A-02-01',55,NULL);
INSERT INTO "moves" VALUES(6,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,6,'','supplier','shelf:A-02-02',40,NULL);
INSERT INTO "moves" VALUES(7,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,7,'','supplier','shelf:A-02-03',36,NULL);
INSERT INTO "moves" VALUES(8,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,8,'','supplier','shelf:A-02-04',36,NULL);
INSERT INTO "moves" VALUES(9,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,9,'','supplier','shelf:A-03-01',90,NULL);
INSERT INTO "moves" VALUES(10,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,10,'','supplier','shelf:A-03-02',44,NULL);
INSERT INTO "moves" VALUES(11,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,11,'','supplier','shelf:A-03-03',30,NULL);
INSERT INTO "moves" VALUES(12,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,12,'','supplier','shelf:A-03-04',42,NULL);
INSERT INTO "moves" VALUES(13,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,13,'','supplier','shelf:A-04-01',42,NULL);
INSERT INTO "moves" VALUES(14,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,14,'','supplier','shelf:A-04-02',60,NULL);
INSERT INTO "moves" VALUES(15,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,15,'','supplier','shelf:A-04-03',60,NULL);
INSERT INTO "moves" VALUES(16,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,16,'','supplier','shelf:A-04-04',33,NULL);
INSERT INTO "moves" VALUES(17,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,17,'','supplier','shelf:B-01-01',28,NULL);
INSERT INTO "moves" VALUES(18,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,18,'','supplier','shelf:B-01-02',28,NULL);
INSERT INTO "moves" VALUES(19,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,19,'','supplier','shelf:B-01-03',20,NULL);
INSERT INTO "moves" VALUES(20,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,20,'','supplier','shelf:B-01-04',20,NULL);
INSERT INTO "moves" VALUES(21,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,21,'','supplier','shelf:B-02-01',70,NULL);
INSERT INTO "moves" VALUES(22,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,22,'','supplier','shelf:B-02-02',70,NULL);
INSERT INTO "moves" VALUES(23,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,23,'','supplier','shelf:B-02-03',35,NULL);
INSERT INTO "moves" VALUES(24,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,24,'','supplier','shelf:B-02-04',18,NULL);
INSERT INTO "moves" VALUES(25,'0b2fb5fb-b302-48e3-8c70-a7da703bf336',1795575406133,26,'','supplier','shelf:B-03-02',50,NULL);
INSERT INTO "moves" VALUES(26,'efa7dace-d7d8-4561-bf02-ffb6c10c1312',1795575406202,5,'','shelf:A-02-01','parcel:1',1,24);
INSERT INTO "moves" VALUES(27,'40f78314-4e74-4c94-9d24-38f97490dad4',1795575406207,1,'','shelf:A-01-01','parcel:2',1,1);
INSERT INTO "moves" VALUES(28,'55e888c4-8b9f-4cbc-9a15-89fa5c9384c8',1795575406208,24,'','shelf:B-02-04','parcel:2',1,1);
INSERT INTO "moves" VALUES(29,'fd0e23f2-ab79-4d37-a000-38bab742cf8c',1795575406209,5,'','parcel:1','customer',1,24);
INSERT INTO "moves" VALUES(30,'0c9d776a-6455-4230-92e4-0f175e033b84',1795575406220,5,'','shelf:A-02-01','parcel:4',1,3);
INSERT INTO "moves" VALUES(31,'66824ec8-fedc-4b13-b990-2ed54f4f8397',1795575406221,5,'','shelf:A-02-01','parcel:4',1,3);
INSERT INTO "moves" VALUES(32,'5243fe51-7ed8-4228-b5b5-2a0eeba2adb9',1795575406222,3,'','shelf:A-01-03','parcel:4',1,3);
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
	options TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_order_lines PRIMARY KEY (id), 
	CONSTRAINT ck_order_lines_counts CHECK (done >= 0 AND short >= 0 AND done + short <= wanted), 
	CONSTRAINT fk_order_lines_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_order_lines_product_id FOREIGN KEY(product_id) REFERENCES products (id)
);
INSERT INTO "order_lines" VALUES(1,1,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,1,0,'1080','0.08','');
INSERT INTO "order_lines" VALUES(2,1,2,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,1,0,'2480','0.1','');
INSERT INTO "order_lines" VALUES(3,2,1,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,0,1,'1980','0.08','');
INSERT INTO "order_lines" VALUES(4,3,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,2,2,0,'1200','0.08','');
INSERT INTO "order_lines" VALUES(5,3,2,'HOJ-080','【見本市場】深煎りほうじ茶 80g',3,1,1,0,'640','0.08','');
INSERT INTO "order_lines" VALUES(6,3,3,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,1,0,0,'860','0.08','');
INSERT INTO "order_lines" VALUES(7,4,1,'YUZ-150','【見本市場】ゆずしお 150g',10,3,0,0,'540','0.08','');
INSERT INTO "order_lines" VALUES(8,5,1,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','');
INSERT INTO "order_lines" VALUES(9,5,2,'COF-DRK','【見本市場】みさき珈琲 豆 深煎り 200g',8,1,0,0,'1480','0.08','');
INSERT INTO "order_lines" VALUES(10,6,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,12,0,0,'620','0.08','');
INSERT INTO "order_lines" VALUES(11,7,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,1,0,0,'1080','0.08','');
INSERT INTO "order_lines" VALUES(12,7,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,1,0,0,'1980','0.08','');
INSERT INTO "order_lines" VALUES(13,8,1,'CUP-BLU','【見本市場】湯のみ なみ紋 青',19,1,0,0,'1650','0.1','');
INSERT INTO "order_lines" VALUES(14,8,2,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','');
INSERT INTO "order_lines" VALUES(15,8,3,'GFT-BOX','【見本市場】ギフト箱 中（包装つき）',26,1,0,0,'330','0.1','');
INSERT INTO "order_lines" VALUES(16,9,1,'MIS-AKA','【見本市場】ひなた味噌 赤 500g',12,2,0,0,'760','0.08','');
INSERT INTO "order_lines" VALUES(17,9,2,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','');
INSERT INTO "order_lines" VALUES(18,10,1,'HON-180','【見本市場】れんげはちみつ 180g',16,1,0,0,'1350','0.08','');
INSERT INTO "order_lines" VALUES(19,10,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,2,0,0,'880','0.08','');
INSERT INTO "order_lines" VALUES(20,11,1,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,1,0,0,'990','0.1','');
INSERT INTO "order_lines" VALUES(21,12,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,1,0,0,'990','0.1','');
INSERT INTO "order_lines" VALUES(22,12,2,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,0,0,'1320','0.1','');
INSERT INTO "order_lines" VALUES(23,13,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,2,0,0,'1280','0.08','');
INSERT INTO "order_lines" VALUES(24,14,1,'HOJ-T20','【見本市場】深煎りほうじ茶 ティーバッグ 20袋',4,1,0,0,'780','0.08','');
INSERT INTO "order_lines" VALUES(25,15,1,'JAM-BLU','【見本市場】ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','0.08','');
INSERT INTO "order_lines" VALUES(26,15,2,'JAM-ICH','【見本市場】いちごジャム 木苺舎 150g',17,1,0,0,'880','0.08','');
INSERT INTO "order_lines" VALUES(27,16,1,'SHO-300','【見本市場】こいくちしょうゆ くじら 300ml',14,1,0,0,'620','0.08','');
INSERT INTO "order_lines" VALUES(28,16,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','');
INSERT INTO "order_lines" VALUES(29,17,1,'GEN-200','【見本市場】玄米茶 ふくろう印 200g',6,4,0,0,'860','0.08','');
INSERT INTO "order_lines" VALUES(30,18,1,'FUR-045','【見本市場】ふろしき 45cm 市松',23,1,0,0,'1320','0.1','');
INSERT INTO "order_lines" VALUES(31,19,1,'HON-180','【見本市場】れんげはちみつ 180g',16,2,0,0,'1350','0.08','');
INSERT INTO "order_lines" VALUES(32,20,1,'YUZ-300','【見本市場】ゆずしお 300g',11,1,0,0,'980','0.08','');
INSERT INTO "order_lines" VALUES(33,20,2,'YUZ-150','【見本市場】ゆずしお 150g',10,1,0,0,'540','0.08','');
INSERT INTO "order_lines" VALUES(34,21,1,'MAT-050','【見本市場】有機抹茶パウダー 50g',1,6,0,0,'1080','0.08','');
INSERT INTO "order_lines" VALUES(35,22,1,'TOW-SAK','【見本市場】てぬぐい 千鳥 桜',22,2,0,0,'990','0.1','');
INSERT INTO "order_lines" VALUES(36,22,2,'TOW-IND','【見本市場】てぬぐい 千鳥 藍',21,2,0,0,'990','0.1','');
INSERT INTO "order_lines" VALUES(37,23,1,'COF-DRP','【見本市場】みさき珈琲 ドリップ 10袋',9,1,0,0,'1280','0.08','');
INSERT INTO "order_lines" VALUES(38,23,2,'COF-MED','【見本市場】みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','0.08','');
INSERT INTO "order_lines" VALUES(39,23,3,'CUP-RED','【見本市場】湯のみ なみ紋 赤',20,1,0,0,'1650','0.1','');
INSERT INTO "order_lines" VALUES(40,24,1,'SEN-100','【見本市場】朝露せんちゃ 100g',5,1,1,0,'1200','0.08','');
INSERT INTO "order_lines" VALUES(41,25,1,'CHA-SEN','【見本市場】茶せん 八十本立',24,1,0,0,'2480','0.1','');
INSERT INTO "order_lines" VALUES(42,25,2,'MAT-100','【見本市場】有機抹茶パウダー 100g',2,2,0,0,'1980','0.08','');
INSERT INTO "order_lines" VALUES(43,26,1,'MIS-SHI','【見本市場】ひなた味噌 白 500g',13,1,0,0,'760','0.08','ラッピング:不要');
INSERT INTO "order_lines" VALUES(44,26,2,'SHO-USU','【見本市場】うすくちしょうゆ くじら 300ml',15,1,0,0,'620','0.08','ラッピング:不要');
INSERT INTO "order_lines" VALUES(45,26,3,'YUZ-150','【見本市場】ゆずしお 150g',10,1,0,0,'540','0.08','ラッピング:不要');
INSERT INTO "order_lines" VALUES(46,27,1,'COF-MED','みさき珈琲 豆 中煎り 200g',7,1,0,0,'1480','','');
INSERT INTO "order_lines" VALUES(47,27,2,'COF-DRP','みさき珈琲 ドリップ 10袋',9,1,0,0,'1280','','');
INSERT INTO "order_lines" VALUES(48,28,1,'CUP-BLU','湯のみ なみ紋 青',19,2,0,0,'1650','','');
INSERT INTO "order_lines" VALUES(49,29,1,'TOW-IND','てぬぐい 千鳥 藍',21,1,0,0,'990','','');
INSERT INTO "order_lines" VALUES(50,29,2,'TOW-SAK','てぬぐい 千鳥 桜',22,1,0,0,'990','','');
INSERT INTO "order_lines" VALUES(51,29,3,'FUR-045','ふろしき 45cm 市松',23,1,0,0,'1320','','');
INSERT INTO "order_lines" VALUES(52,30,1,'MAT-100','有機抹茶パウダー 100g',2,1,0,0,'1980','','');
INSERT INTO "order_lines" VALUES(53,30,2,'MAT-050','有機抹茶パウダー 50g',1,2,0,0,'1080','','');
INSERT INTO "order_lines" VALUES(54,31,1,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','');
INSERT INTO "order_lines" VALUES(55,32,1,'JAM-ICH','いちごジャム 木苺舎 150g',17,1,0,0,'880','','');
INSERT INTO "order_lines" VALUES(56,32,2,'JAM-BLU','ブルーベリージャム 木苺舎 150g',18,1,0,0,'920','','');
INSERT INTO "order_lines" VALUES(57,32,3,'HON-180','れんげはちみつ 180g',16,1,0,0,'1350','','');
INSERT INTO "order_lines" VALUES(58,33,1,'YUZ-300','ゆずしお 300g',11,2,0,0,'980','','');
INSERT INTO "order_lines" VALUES(59,34,1,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','');
INSERT INTO "order_lines" VALUES(60,34,2,'NEW-777','新茶しずく 30g',NULL,1,0,0,'1200','','');
INSERT INTO "order_lines" VALUES(61,35,1,'SHO-300','こいくちしょうゆ くじら 300ml',14,2,0,0,'620','','');
INSERT INTO "order_lines" VALUES(62,35,2,'SHO-USU','うすくちしょうゆ くじら 300ml',15,1,0,0,'620','','');
INSERT INTO "order_lines" VALUES(63,36,1,'GEN-200','玄米茶 ふくろう印 200g',6,1,0,0,'860','','');
INSERT INTO "order_lines" VALUES(64,36,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','');
INSERT INTO "order_lines" VALUES(65,37,1,'CHA-SEN','茶せん 八十本立',24,1,0,0,'2480','','');
INSERT INTO "order_lines" VALUES(66,37,2,'MAT-050','有機抹茶パウダー 50g',1,1,0,0,'1080','','');
INSERT INTO "order_lines" VALUES(67,37,3,'CUP-RED','湯のみ なみ紋 赤',20,1,0,0,'1650','','');
INSERT INTO "order_lines" VALUES(68,38,1,'COF-DRK','みさき珈琲 豆 深煎り 200g',8,3,0,0,'1480','','');
INSERT INTO "order_lines" VALUES(69,39,1,'MIS-AKA','ひなた味噌 赤 500g',12,1,0,0,'760','','');
INSERT INTO "order_lines" VALUES(70,40,1,'TOW-SAK','てぬぐい 千鳥 桜',22,5,0,0,'990','','');
INSERT INTO "order_lines" VALUES(71,41,1,'HOJ-T20','深煎りほうじ茶 ティーバッグ 20袋',4,2,0,0,'780','','');
INSERT INTO "order_lines" VALUES(72,41,2,'HOJ-080','深煎りほうじ茶 80g',3,1,0,0,'640','','');
INSERT INTO "order_lines" VALUES(73,42,1,'YUZ-150','ゆずしお 150g',10,1,0,0,'540','','');
INSERT INTO "order_lines" VALUES(74,42,2,'YUZ-300','ゆずしお 300g',11,1,0,0,'980','','');
INSERT INTO "order_lines" VALUES(75,43,1,'FUR-045','ふろしき 45cm 市松',23,2,0,0,'1320','','');
INSERT INTO "order_lines" VALUES(76,44,1,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','');
INSERT INTO "order_lines" VALUES(77,44,2,'SEN-100','朝露せんちゃ 100g',5,1,0,0,'1200','','');
INSERT INTO "order_lines" VALUES(78,45,1,'MIS-SHI','ひなた味噌 白 500g',13,2,0,0,'760','','');
INSERT INTO "order_lines" VALUES(79,45,2,'MIS-AKA','ひなた味噌 赤 500g',12,2,0,0,'760','','');
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
	digest VARCHAR NOT NULL, 
	CONSTRAINT pk_orders PRIMARY KEY (id), 
	CONSTRAINT fk_orders_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_orders_shop_id_number_ship_to_key UNIQUE (shop_id, number, ship_to_key)
);
INSERT INTO "orders" VALUES(1,1,'999999-20260914-0000001001','20000001','verified',0,1,1,2,1795575406175,1789340412000,NULL,253402300799000,0,'',0,2,2,'見本 太郎','東京都',0,'{"buyer":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3560","shipping":"550","fee":"0","discount":"0","points":"0","total":"4110","currency":"JPY"}}','284cf1d8b39c1e6953c16a397a6693c9');
INSERT INTO "orders" VALUES(2,1,'999999-20260914-0000001002','20000011','released',1,1,1,3,1795575406175,1789340832000,NULL,253402300799000,0,'',0,1,1,'試験 花子','大阪府',0,'{"buyer":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1980","shipping":"550","fee":"0","discount":"0","points":"0","total":"2530","currency":"JPY"}}','441e556e4aa4db75b58164878103d3e1');
INSERT INTO "orders" VALUES(3,1,'999999-20260914-0000001003','20000021','released',0,1,1,4,1795575406175,1789341252000,NULL,253402300799000,0,'台1',1795577206217,3,4,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3900","shipping":"550","fee":"0","discount":"0","points":"0","total":"4450","currency":"JPY"}}','cc849e0ab9c930b367754fae4cdef0fe');
INSERT INTO "orders" VALUES(4,1,'999999-20260914-0000001004','20000031','cancelled',0,1,1,5,1795575406175,1789341672000,NULL,253402300799000,0,'',0,1,3,'仮名 さくら','北海道',0,'{"buyer":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-09-18 14:00-16:00","totals":{"subtotal":"1620","shipping":"550","fee":"0","discount":"0","points":"0","total":"2170","currency":"JPY"}}','12d42085feb5f65be412722f18058160');
INSERT INTO "orders" VALUES(5,1,'999999-20260914-0000001005','20000041','released',0,1,1,6,1795575406175,1789342092000,NULL,253402300799000,0,'',0,2,2,'架空 健','福岡県',0,'{"buyer":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2960","shipping":"550","fee":"0","discount":"0","points":"0","total":"3510","currency":"JPY"}}','ac2ab98398f8f1e33b8795b650fa55bd');
INSERT INTO "orders" VALUES(6,1,'999999-20260914-0000001006','20000051','ready',0,0,NULL,NULL,1795575406175,1789342512000,NULL,253402300799000,0,'',0,1,12,'見本 あおい','宮城県',0,'{"buyer":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"7440","shipping":"0","fee":"0","discount":"0","points":"0","total":"7440","currency":"JPY"}}','27d9e31131bd700b01591d474a990a1c');
INSERT INTO "orders" VALUES(7,1,'999999-20260914-0000001007','20000061','ready',0,0,NULL,NULL,1795575406175,1789346532000,NULL,253402300799000,0,'',0,2,2,'空想 大輔','愛知県',1,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-5624","country":"JP"},"note":"のし: 内祝い 見本","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3060","shipping":"550","fee":"0","discount":"0","points":"0","total":"3610","currency":"JPY"}}','b48805bfa61f7f35c9d6154504989ec4');
INSERT INTO "orders" VALUES(8,1,'999999-20260914-0000001008','20000071','ready',0,0,NULL,NULL,1795575406175,1789346952000,NULL,253402300799000,0,'',0,3,3,'試谷 恵','宮城県',1,'{"buyer":{"name":"例示 誠","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-6018","country":"JP"},"note":"ラッピング: 包装紙（青海波）","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3630","shipping":"550","fee":"0","discount":"0","points":"0","total":"4180","currency":"JPY"}}','7a25833146e864839088e5db1599ae96');
INSERT INTO "orders" VALUES(9,1,'999999-20260914-0000001009','20000081','ready',0,0,NULL,NULL,1795575406175,1789347372000,NULL,253402300799000,0,'',0,2,3,'仮野 みどり','石川県',0,'{"buyer":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3160","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"550","fee":"330","discount":"0","points":"0","total":"3160","currency":"JPY"}}','4711e399198547755033c1cc80ecab1f');
INSERT INTO "orders" VALUES(10,1,'999999-20260914-0000001010','20000091','ready',0,0,NULL,NULL,1795575406175,1789344192000,NULL,253402300799000,0,'',0,2,3,'空想 大輔','香川県',0,'{"buyer":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-5624","country":"JP"},"note":"","payment":"代金引換","cod_amount":"3990","delivery":"宅配便","wish":"2026-09-20 午前中","totals":{"subtotal":"3110","shipping":"550","fee":"330","discount":"0","points":"0","total":"3990","currency":"JPY"}}','0a4c0f6f02ef0bc875dc50cf93c4d8b2');
INSERT INTO "orders" VALUES(11,1,'999999-20260914-0000001011','20000101','ready',0,0,NULL,NULL,1795575406175,1789344612000,NULL,253402300799000,0,'',0,1,1,'例示 誠','福岡県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"990","shipping":"550","fee":"0","discount":"0","points":"0","total":"1540","currency":"JPY"}}','1c80a475dcd970ec58d3a47af177bb0a');
INSERT INTO "orders" VALUES(12,1,'999999-20260914-0000001011','20000102','ready',0,0,NULL,NULL,1795575406175,1789344612000,NULL,253402300799000,0,'',0,2,2,'仮野 みどり','宮城県',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2310","shipping":"0","fee":"0","discount":"0","points":"0","total":"2310","currency":"JPY"}}','15831e8eecfcaa9bcdaef08462183a75');
INSERT INTO "orders" VALUES(13,1,'999999-20260914-0000001012','20000111','received',1,0,NULL,NULL,1795575406175,1789345032000,NULL,253402300799000,0,'',0,1,2,'見本田 光','大阪府',0,'{"buyer":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-2432","country":"JP"},"note":"不在のときは玄関の前に置いてください。","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2560","shipping":"550","fee":"0","discount":"0","points":"0","total":"3110","currency":"JPY"}}','7f014acb7f6213277c0dc2eca8cc3c9a');
INSERT INTO "orders" VALUES(14,1,'999999-20260914-0000001013','20000121','ready',0,0,NULL,NULL,1795575406175,1789349052000,NULL,253402300799000,0,'',0,1,1,'試谷 恵','愛知県',0,'{"buyer":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-6018","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"2026-09-19(土) 午前中","totals":{"subtotal":"780","shipping":"550","fee":"0","discount":"0","points":"0","total":"1330","currency":"JPY"}}','731361c53f0f2335f3a8f6e9f75388a0');
INSERT INTO "orders" VALUES(15,1,'999999-20260914-0000001014','20000131','received',1,0,NULL,NULL,1795575406175,1789349472000,NULL,253402300799000,0,'',0,2,2,'入力待ち 入力待ち','入力待ち',1,'{"buyer":{"name":"例井 直樹","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-8125","country":"JP"},"ship_to":{"name":"入力待ち 入力待ち","postcode":"999-9999","prefecture":"入力待ち","city":"入力待ち","street":"入力待ち","phone":"999-9999-9999","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1800","shipping":"550","fee":"0","discount":"0","points":"0","total":"2350","currency":"JPY"}}','c3d1b5e88127375dfc04e59584786aa1');
INSERT INTO "orders" VALUES(16,1,'999999-20260914-0000001015','20000141','ready',0,0,NULL,NULL,1795575406175,1789349892000,NULL,253402300799000,0,'',0,2,2,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1519","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1240","shipping":"550","fee":"0","discount":"0","points":"0","total":"1790","currency":"JPY"}}','4f6787d878396774cd13bb3ab7a0c1f0');
INSERT INTO "orders" VALUES(17,1,'999999-20260914-0000001016','20000151','ready',0,0,NULL,NULL,1795575406175,1789350312000,NULL,253402300799000,0,'',0,1,4,'試験 花子','宮城県',0,'{"buyer":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1706","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3440","shipping":"550","fee":"0","discount":"0","points":"0","total":"3990","currency":"JPY"}}','4e8873fcfad9cf0b1492afc584f466fd');
INSERT INTO "orders" VALUES(18,1,'999999-20260914-0000001017','20000161','received',1,0,NULL,NULL,1795575406175,1789350732000,NULL,253402300799000,0,'',0,1,1,'例題 一郎','広島県',0,'{"buyer":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-6389","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1320","shipping":"550","fee":"0","discount":"0","points":"0","total":"1870","currency":"JPY"}}','ea8bd78ebc1e607fae6a38667cff05c2');
INSERT INTO "orders" VALUES(19,1,'999999-20260914-0000001018','20000171','cancelled',0,0,NULL,NULL,1795575406175,1789351152000,NULL,253402300799000,0,'',0,1,2,'仮名 さくら','沖縄県',0,'{"buyer":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-8888","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2700","shipping":"550","fee":"0","discount":"0","points":"0","total":"3250","currency":"JPY"}}','b486447a5757d50af69e9360473da4a4');
INSERT INTO "orders" VALUES(20,1,'999999-20260914-0000001019','20000181','received',1,0,NULL,NULL,1795575406175,1789351572000,NULL,253402300799000,0,'',0,2,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-8485","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"550","fee":"0","discount":"0","points":"0","total":"2070","currency":"JPY"}}','7cf971491ff734bd9ee51f8b5e65da53');
INSERT INTO "orders" VALUES(21,1,'999999-20260914-0000001020','20000191','ready',0,0,NULL,NULL,1795575406175,1789351992000,NULL,253402300799000,0,'',0,1,6,'見本 あおい','香川県',0,'{"buyer":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-8695","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6480","shipping":"0","fee":"0","discount":"0","points":"0","total":"6480","currency":"JPY"}}','a84dd62b94090431a3673eadc48d5fa1');
INSERT INTO "orders" VALUES(22,1,'999999-20260914-0000001021','20000201','ready',0,0,NULL,NULL,1795575406175,1789352412000,NULL,253402300799000,0,'',0,2,4,'試作 洋子','東京都',0,'{"buyer":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-7037","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3960","shipping":"550","fee":"0","discount":"0","points":"0","total":"4510","currency":"JPY"}}','3cd887617acf14b422c30db92e6ddab7');
INSERT INTO "orders" VALUES(23,1,'999999-20260914-0000001022','20000211','ready',0,0,NULL,NULL,1795575406175,1789352832000,NULL,253402300799000,0,'',0,3,3,'例示 誠','大阪府',0,'{"buyer":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-6885","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4410","shipping":"0","fee":"0","discount":"0","points":"0","total":"4410","currency":"JPY"}}','be425b6a3bac87bb7324c6715cb164fa');
INSERT INTO "orders" VALUES(24,1,'999999-20260914-0000001023','20000221','shipped',0,1,1,1,1795575406175,1789353252000,NULL,253402300799000,-1,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-4766","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1200","shipping":"550","fee":"0","discount":"0","points":"0","total":"1750","currency":"JPY"}}','e5bfc77ade455ca1472e58d4e8a379cd');
INSERT INTO "orders" VALUES(25,1,'999999-20260914-0000001024','20000231','ready',0,0,NULL,NULL,1795575406175,1789353672000,NULL,253402300799000,0,'',0,2,3,'空想 大輔','北海道',0,'{"buyer":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-5624","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"6440","shipping":"0","fee":"0","discount":"0","points":"0","total":"6440","currency":"JPY"}}','502c746691963eeb5a298d89f9945965');
INSERT INTO "orders" VALUES(26,1,'999999-20260914-0000001025','20000241','ready',0,0,NULL,NULL,1795575406175,1789357692000,NULL,253402300799000,0,'',0,3,3,'架川 ゆき','福岡県',0,'{"buyer":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-5366","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1920","shipping":"550","fee":"0","discount":"0","points":"0","total":"2470","currency":"JPY"}}','82ade9a50db90dba6ef52ae869c00e11');
INSERT INTO "orders" VALUES(27,2,'#1001','','ready',0,0,NULL,NULL,1795575406187,1789344005000,NULL,253402300799000,0,'',0,2,2,'例題 一郎','東京都',0,'{"buyer":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1000","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2760","shipping":"600","discount":"0","tax":"249","total":"3360","currency":"JPY"}}','eb55782557265e78c49403af94d16a41');
INSERT INTO "orders" VALUES(28,2,'#1002','','ready',0,0,NULL,NULL,1795575406187,1789344665000,NULL,253402300799000,0,'',0,1,2,'例示 誠','北海道',0,'{"buyer":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1001","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','ff661c156377bbc9062664ee6dcadf79');
INSERT INTO "orders" VALUES(29,2,'#1003','','ready',0,0,NULL,NULL,1795575406187,1789345325000,NULL,253402300799000,0,'',0,3,3,'試谷 恵','広島県',0,'{"buyer":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"ship_to":{"name":"試谷 恵","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1002","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3300","shipping":"600","discount":"0","tax":"289","total":"3900","currency":"JPY"}}','df93f042af74b1dd1fd5c7eef348bf9b');
INSERT INTO "orders" VALUES(30,2,'#1004','','ready',0,0,NULL,NULL,1795575406187,1789345985000,NULL,253402300799000,0,'',0,2,3,'仮名 さくら','香川県',0,'{"buyer":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"ship_to":{"name":"仮名 さくら","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1003","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4140","shipping":"600","discount":"0","tax":"351","total":"4740","currency":"JPY"}}','e1375059ec52cfd2f6f072d910d8ed90');
INSERT INTO "orders" VALUES(31,2,'#1005','','received',1,0,NULL,NULL,1795575406187,1789346645000,NULL,253402300799000,0,'',0,1,1,'仮野 みどり','愛知県',0,'{"buyer":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1004","country":"JP"},"note":"ギフト用の紙袋を1枚つけてください。","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1350","shipping":"600","discount":"0","tax":"144","total":"1950","currency":"JPY"}}','7341344caf680867b298e9939d108ffe');
INSERT INTO "orders" VALUES(32,2,'#1006','','cancelled',0,0,NULL,NULL,1795575406187,1789350905000,NULL,253402300799000,0,'',0,3,3,'例井 直樹','宮城県',0,'{"buyer":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"ship_to":{"name":"例井 直樹","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1005","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3150","shipping":"600","discount":"0","tax":"278","total":"3750","currency":"JPY"}}','b935309aca3be1bb312fa1ff15f46b26');
INSERT INTO "orders" VALUES(33,2,'#1007','','received',1,0,NULL,NULL,1795575406187,1789347965000,NULL,253402300799000,0,'',0,1,2,'架空 健','石川県',0,'{"buyer":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"ship_to":{"name":"架空 健","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1006","country":"JP"},"note":"","payment":"Bank Deposit","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1960","shipping":"600","discount":"0","tax":"190","total":"2560","currency":"JPY"}}','8a36daa3de683cd14da80f4a365c508d');
INSERT INTO "orders" VALUES(34,2,'#1008','','received',1,0,NULL,NULL,1795575406187,1789348625000,NULL,253402300799000,0,'',0,2,2,'空想 大輔','大阪府',0,'{"buyer":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"ship_to":{"name":"空想 大輔","postcode":"530-0000","prefecture":"大阪府","city":"架空市","street":"例示町4-5-6","phone":"03-0000-1007","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2280","shipping":"600","discount":"0","tax":"213","total":"2880","currency":"JPY"}}','167ca93f305a808689b8980137a5c123');
INSERT INTO "orders" VALUES(35,2,'#1009','','ready',0,0,NULL,NULL,1795575406187,1789349285000,NULL,253402300799000,0,'',0,2,3,'見本 太郎','福岡県',0,'{"buyer":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"ship_to":{"name":"見本 太郎","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1008","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"配達希望日: 2026-09-19\n時間帯: 18-20時","totals":{"subtotal":"1860","shipping":"600","discount":"0","tax":"182","total":"2460","currency":"JPY"}}','ab9e228bd6e7862334ebc9a008f42753');
INSERT INTO "orders" VALUES(36,2,'#1010','','ready',0,0,NULL,NULL,1795575406187,1789349945000,NULL,253402300799000,0,'',0,2,2,'見本 あおい','沖縄県',0,'{"buyer":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"ship_to":{"name":"見本 あおい","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1009","country":"JP"},"note":"","payment":"Cash on Delivery (COD)","cod_amount":"2660","delivery":"宅配便","wish":"","totals":{"subtotal":"2060","shipping":"600","discount":"0","tax":"197","total":"2660","currency":"JPY"}}','7a78129e28e365edd58ec9b9b71a46fc');
INSERT INTO "orders" VALUES(37,2,'#1011','','ready',0,0,NULL,NULL,1795575406187,1789354205000,NULL,253402300799000,0,'',0,3,3,'架川 ゆき','東京都',1,'{"buyer":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"ship_to":{"name":"架川 ゆき","postcode":"100-0000","prefecture":"東京都","city":"架空区","street":"見本町1-2-3 サンプルハイツ101","phone":"03-0000-1010","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"ギフト: はい\nメッセージ: おめでとうございます","totals":{"subtotal":"5210","shipping":"600","discount":"0","tax":"430","total":"5810","currency":"JPY"}}','14405e32d549537e5b0e672a32a1ccaf');
INSERT INTO "orders" VALUES(38,2,'#1012','','ready',0,0,NULL,NULL,1795575406187,1789351265000,NULL,253402300799000,0,'',0,1,3,'試験 花子','北海道',0,'{"buyer":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"ship_to":{"name":"試験 花子","postcode":"060-0000","prefecture":"北海道","city":"試験市","street":"北一条西99-9 例ビル3F","phone":"03-0000-1011","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4440","shipping":"600","discount":"0","tax":"373","total":"5040","currency":"JPY"}}','f3769dc3bca6ff4c5fa603328544673c');
INSERT INTO "orders" VALUES(39,2,'#1013','','ready',0,0,NULL,NULL,1795575406187,1789351925000,NULL,253402300799000,0,'',0,1,1,'試作 洋子','広島県',0,'{"buyer":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"ship_to":{"name":"試作 洋子","postcode":"730-0000","prefecture":"広島県","city":"例示市","street":"空想町3-3","phone":"03-0000-1012","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"760","shipping":"600","discount":"0","tax":"101","total":"1360","currency":"JPY"}}','5528029412706aa46fd03cafe89535ac');
INSERT INTO "orders" VALUES(40,2,'#1014','','ready',0,0,NULL,NULL,1795575406187,1789352585000,NULL,253402300799000,0,'',0,1,5,'見本田 光','香川県',0,'{"buyer":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"ship_to":{"name":"見本田 光","postcode":"760-0000","prefecture":"香川県","city":"仮市","street":"空町6-1","phone":"03-0000-1013","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"4950","shipping":"600","discount":"0","tax":"411","total":"5550","currency":"JPY"}}','4fe8fa92f5f768643610dba3b8e4f627');
INSERT INTO "orders" VALUES(41,2,'#1015','','ready',0,0,NULL,NULL,1795575406187,1789353245000,NULL,253402300799000,0,'',0,2,3,'例題 一郎','愛知県',0,'{"buyer":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"ship_to":{"name":"例題 一郎","postcode":"460-0000","prefecture":"愛知県","city":"見本市","street":"仮ノ町7-8","phone":"03-0000-1014","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2200","shipping":"600","discount":"0","tax":"207","total":"2800","currency":"JPY"}}','05502274189cb9a83d271214d66ec36f');
INSERT INTO "orders" VALUES(42,2,'#1016','','ready',0,0,NULL,NULL,1795575406187,1789357505000,NULL,253402300799000,0,'',0,2,2,'例示 誠','宮城県',0,'{"buyer":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"ship_to":{"name":"例示 誠","postcode":"980-0000","prefecture":"宮城県","city":"仮名市","street":"見本台2-22","phone":"03-0000-1015","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"1520","shipping":"600","discount":"0","tax":"157","total":"2120","currency":"JPY"}}','5abd4889381a4688317958be2bc0c27b');
INSERT INTO "orders" VALUES(43,2,'#1017','','ready',0,0,NULL,NULL,1795575406187,1789358165000,NULL,253402300799000,0,'',0,1,2,'Example Person','',0,'{"buyer":{"name":"試谷 恵","postcode":"920-0000","prefecture":"石川県","city":"試作市","street":"例町8-8-8","phone":"03-0000-1016","country":"JP"},"ship_to":{"name":"Example Person","postcode":"ZZ1 1ZZ","city":"Exampleville","street":"1 Sample Street","phone":"+44 0000 000000","country":"GB"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2640","shipping":"600","discount":"0","tax":"240","total":"3240","currency":"JPY"}}','b9748d5c77bf481d3d4245666e511221');
INSERT INTO "orders" VALUES(44,2,'#1019','','ready',0,0,NULL,NULL,1795575406187,1789355885000,NULL,253402300799000,0,'',0,2,2,'仮野 みどり','福岡県',0,'{"buyer":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"ship_to":{"name":"仮野 みどり","postcode":"810-0000","prefecture":"福岡県","city":"架空市","street":"例題通1-1-1","phone":"03-0000-1018","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"2400","shipping":"600","discount":"0","tax":"222","total":"3000","currency":"JPY"}}','4eb3b0515123529f5f6e3b55f91e6db9');
INSERT INTO "orders" VALUES(45,2,'#1020','','ready',0,0,NULL,NULL,1795575406187,1789356545000,NULL,253402300799000,0,'',0,2,4,'株式会社かくう 例井 直樹','沖縄県',0,'{"buyer":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"ship_to":{"name":"株式会社かくう 例井 直樹","postcode":"900-0000","prefecture":"沖縄県","city":"架空市","street":"見本浜5-5","phone":"03-0000-1019","country":"JP"},"note":"","payment":"Shopify Payments","cod_amount":"","delivery":"宅配便","wish":"","totals":{"subtotal":"3040","shipping":"600","discount":"0","tax":"270","total":"3640","currency":"JPY"}}','1938bde33d5161bef27b60d3f2f739ef');
CREATE TABLE parcels (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	station VARCHAR NOT NULL, 
	opened_at BIGINT NOT NULL, 
	closed_at BIGINT, 
	CONSTRAINT pk_parcels PRIMARY KEY (id), 
	CONSTRAINT fk_parcels_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);
INSERT INTO "parcels" VALUES(1,24,1,'handed_over','台1',1795575406196,1795575406202);
INSERT INTO "parcels" VALUES(2,1,1,'closed','台1',1795575406204,1795575406208);
INSERT INTO "parcels" VALUES(3,2,1,'pulled','台1',1795575406211,NULL);
INSERT INTO "parcels" VALUES(4,3,1,'open','台1',1795575406217,NULL);
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
INSERT INTO "print_jobs" VALUES(1,'f1bc89bf-3319-4b5a-bdab-67ebbd81c90a',1795575406191,'台1','pick_list',NULL,1,0,'','waiting',0,0,'','');
INSERT INTO "print_jobs" VALUES(2,'f1bc89bf-3319-4b5a-bdab-67ebbd81c90a',1795575406191,'台1','slips',NULL,1,0,'','waiting',0,0,'','');
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
	lot_policy VARCHAR DEFAULT 'none' NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT uq_products_sku UNIQUE (sku)
);
INSERT INTO "products" VALUES(1,'MAT-050','mat-050','有機抹茶パウダー 50g','Organic matcha powder 50 g','04599990001013',62,140,90,20,'/tmp/v1/resources/demo/pictures/MAT-050.png','A-01-01','lot_expiry');
INSERT INTO "products" VALUES(2,'MAT-100','mat-100','有機抹茶パウダー 100g','Organic matcha powder 100 g','04599990001020',114,170,110,25,'/tmp/v1/resources/demo/pictures/MAT-100.png','A-01-02','lot_expiry');
INSERT INTO "products" VALUES(3,'HOJ-080','hoj-080','深煎りほうじ茶 80g','Dark roasted hojicha 80 g','04599990001112',92,210,120,40,'/tmp/v1/resources/demo/pictures/HOJ-080.png','A-01-03','expiry');
INSERT INTO "products" VALUES(4,'HOJ-T20','hoj-t20','深煎りほうじ茶 ティーバッグ 20袋','Dark roasted hojicha, 20 tea bags','04599990001129',66,150,100,70,'/tmp/v1/resources/demo/pictures/HOJ-T20.png','A-01-04','expiry');
INSERT INTO "products" VALUES(5,'SEN-100','sen-100','朝露せんちゃ 100g','Asatsuyu sencha 100 g','04599990001136',112,210,120,40,'/tmp/v1/resources/demo/pictures/SEN-100.png','A-02-01','none');
INSERT INTO "products" VALUES(6,'GEN-200','gen-200','玄米茶 ふくろう印 200g','Owl genmaicha 200 g','04599990001143',214,240,130,50,'/tmp/v1/resources/demo/pictures/GEN-200.png','A-02-02','none');
INSERT INTO "products" VALUES(7,'COF-MED','cof-med','みさき珈琲 豆 中煎り 200g','Misaki coffee beans, medium roast 200 g','04599990002010',212,220,110,60,'/tmp/v1/resources/demo/pictures/COF-MED.png','A-02-03','expiry');
INSERT INTO "products" VALUES(8,'COF-DRK','cof-drk','みさき珈琲 豆 深煎り 200g','Misaki coffee beans, dark roast 200 g','04599990002027',212,220,110,60,'/tmp/v1/resources/demo/pictures/COF-DRK.png','A-02-04','expiry');
INSERT INTO "products" VALUES(9,'COF-DRP','cof-drp','みさき珈琲 ドリップ 10袋','Misaki drip coffee, 10 bags','04599990002034',120,180,130,60,'/tmp/v1/resources/demo/pictures/COF-DRP.png','A-03-01','none');
INSERT INTO "products" VALUES(10,'YUZ-150','yuz-150','ゆずしお 150g','Yuzu salt 150 g','04599990003017',260,60,60,110,'/tmp/v1/resources/demo/pictures/YUZ-150.png','A-03-02','none');
INSERT INTO "products" VALUES(11,'YUZ-300','yuz-300','ゆずしお 300g','Yuzu salt 300 g','04599990003024',470,75,75,130,'/tmp/v1/resources/demo/pictures/YUZ-300.png','A-03-03','none');
INSERT INTO "products" VALUES(12,'MIS-AKA','mis-aka','ひなた味噌 赤 500g','Hinata miso, red 500 g','04599990003116',545,120,120,80,'/tmp/v1/resources/demo/pictures/MIS-AKA.png','A-03-04','expiry');
INSERT INTO "products" VALUES(13,'MIS-SHI','mis-shi','ひなた味噌 白 500g','Hinata miso, white 500 g','04599990003123',545,120,120,80,'/tmp/v1/resources/demo/pictures/MIS-SHI.png','A-04-01','expiry');
INSERT INTO "products" VALUES(14,'SHO-300','sho-300','こいくちしょうゆ くじら 300ml','Kujira soy sauce 300 ml','04599990003215',520,62,62,205,'/tmp/v1/resources/demo/pictures/SHO-300.png','A-04-02','none');
INSERT INTO "products" VALUES(15,'SHO-USU','sho-usu','うすくちしょうゆ くじら 300ml','Kujira light soy sauce 300 ml','04599990003222',520,62,62,205,'/tmp/v1/resources/demo/pictures/SHO-USU.png','A-04-03','none');
INSERT INTO "products" VALUES(16,'HON-180','hon-180','れんげはちみつ 180g','Milk vetch honey 180 g','04599990003314',330,65,65,95,'/tmp/v1/resources/demo/pictures/HON-180.png','A-04-04','none');
INSERT INTO "products" VALUES(17,'JAM-ICH','jam-ich','いちごジャム 木苺舎 150g','Strawberry jam 150 g','04599990003413',285,65,65,90,'/tmp/v1/resources/demo/pictures/JAM-ICH.png','B-01-01','none');
INSERT INTO "products" VALUES(18,'JAM-BLU','jam-blu','ブルーベリージャム 木苺舎 150g','Blueberry jam 150 g','04599990003420',285,65,65,90,'/tmp/v1/resources/demo/pictures/JAM-BLU.png','B-01-02','none');
INSERT INTO "products" VALUES(19,'CUP-BLU','cup-blu','湯のみ なみ紋 青','Tea cup, wave pattern, blue','04599990004014',310,90,90,95,'/tmp/v1/resources/demo/pictures/CUP-BLU.png','B-01-03','none');
INSERT INTO "products" VALUES(20,'CUP-RED','cup-red','湯のみ なみ紋 赤','Tea cup, wave pattern, red','04599990004021',310,90,90,95,'/tmp/v1/resources/demo/pictures/CUP-RED.png','B-01-04','none');
INSERT INTO "products" VALUES(21,'TOW-IND','tow-ind','てぬぐい 千鳥 藍','Towel, plovers, indigo','04599990004113',45,200,110,10,'/tmp/v1/resources/demo/pictures/TOW-IND.png','B-02-01','none');
INSERT INTO "products" VALUES(22,'TOW-SAK','tow-sak','てぬぐい 千鳥 桜','Towel, plovers, cherry','04599990004120',45,200,110,10,'/tmp/v1/resources/demo/pictures/TOW-SAK.png','B-02-02','none');
INSERT INTO "products" VALUES(23,'FUR-045','fur-045','ふろしき 45cm 市松','Wrapping cloth 45 cm','04599990004212',58,220,160,10,'/tmp/v1/resources/demo/pictures/FUR-045.png','B-02-03','none');
INSERT INTO "products" VALUES(24,'CHA-SEN','cha-sen','茶せん 八十本立','Tea whisk, 80 prongs','04599990004311',38,75,75,125,'/tmp/v1/resources/demo/pictures/CHA-SEN.png','B-02-04','none');
INSERT INTO "products" VALUES(25,'TIM-001','tim-001','砂時計 3分 木枠','Sand timer, 3 minutes','04599990004410',165,70,70,120,'/tmp/v1/resources/demo/pictures/TIM-001.png','B-03-01','serial');
INSERT INTO "products" VALUES(26,'GFT-BOX','gft-box','ギフト箱 中（包装つき）','Gift box, medium','',140,260,200,90,'/tmp/v1/resources/demo/pictures/GFT-BOX.png','B-03-02','none');
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
INSERT INTO "settings" VALUES('shop.language','ja');
CREATE TABLE shops (
	id INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_shops PRIMARY KEY (id), 
	CONSTRAINT uq_shops_channel_name UNIQUE (channel, name)
);
INSERT INTO "shops" VALUES(1,'rakuten','見本商店 楽天市場店');
INSERT INTO "shops" VALUES(2,'shopify','見本商店 公式オンラインストア');
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
	seen_at BIGINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_stations PRIMARY KEY (name)
);
INSERT INTO "stations" VALUES('台1',29,'9ceef8a7236fe7dabcd8b278e0587e075958dc3d06cd5fa59408fdff821f17f4',3,4,2,'','pack.ok','ok','',1795575406223);
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
	undone VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_steps PRIMARY KEY (id), 
	CONSTRAINT fk_steps_order_id FOREIGN KEY(order_id) REFERENCES orders (id), 
	CONSTRAINT fk_steps_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcels (id)
);
INSERT INTO "steps" VALUES(1,24,1,'efa7dace-d7d8-4561-bf02-ffb6c10c1312','pack',40,5,'04599990001136',1,'','shelf:A-02-01','','');
INSERT INTO "steps" VALUES(2,24,1,'efa7dace-d7d8-4561-bf02-ffb6c10c1312','close',NULL,NULL,'',0,'','','','');
INSERT INTO "steps" VALUES(3,1,2,'40f78314-4e74-4c94-9d24-38f97490dad4','pack',1,1,'04599990001013',1,'','shelf:A-01-01','','');
INSERT INTO "steps" VALUES(4,1,2,'55e888c4-8b9f-4cbc-9a15-89fa5c9384c8','pack',2,24,'04599990004311',1,'','shelf:B-02-04','','');
INSERT INTO "steps" VALUES(5,1,2,'55e888c4-8b9f-4cbc-9a15-89fa5c9384c8','close',NULL,NULL,'',0,'','','','');
INSERT INTO "steps" VALUES(6,2,3,'1232fb9f-cce9-4b4e-bdfe-e67ac1194233','short',3,NULL,'',1,'','','missing','5ff8877e-b23d-4ee1-af97-43ca7b784c9d');
INSERT INTO "steps" VALUES(7,3,4,'0c9d776a-6455-4230-92e4-0f175e033b84','pack',4,5,'04599990001136',1,'','shelf:A-02-01','','');
INSERT INTO "steps" VALUES(8,3,4,'66824ec8-fedc-4b13-b990-2ed54f4f8397','pack',4,5,'04599990001136',1,'','shelf:A-02-01','','');
INSERT INTO "steps" VALUES(9,3,4,'5243fe51-7ed8-4228-b5b5-2a0eeba2adb9','pack',5,3,'04599990001112',1,'','shelf:A-01-03','','');
CREATE TABLE tallies (
	shard VARCHAR(64) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	number BIGINT NOT NULL, 
	CONSTRAINT pk_tallies PRIMARY KEY (shard, shop_id, state)
);
INSERT INTO "tallies" VALUES('',1,'ready',15);
INSERT INTO "tallies" VALUES('',1,'received',4);
INSERT INTO "tallies" VALUES('',1,'cancelled',2);
INSERT INTO "tallies" VALUES('',2,'ready',15);
INSERT INTO "tallies" VALUES('',2,'received',3);
INSERT INTO "tallies" VALUES('',2,'cancelled',1);
INSERT INTO "tallies" VALUES('',1,'released',5);
INSERT INTO "tallies" VALUES('台1',1,'released',-2);
INSERT INTO "tallies" VALUES('台1',1,'verified',2);
INSERT INTO "tallies" VALUES('',1,'verified',-1);
INSERT INTO "tallies" VALUES('',1,'shipped',1);
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
CREATE INDEX ix_orders_takeable ON orders (queue_at, rank, ordered_at, id) WHERE state IN ('ready','released','picked') AND held = 0 AND holder = '';
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batches',1);
COMMIT;
