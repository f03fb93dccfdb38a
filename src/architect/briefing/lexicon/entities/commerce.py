"""Entities of shops, warehouses and markets: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Order": (
        "number string 1..40 unique; customer -> Customer; total money; placed_at datetime?; shipping_address text?; notes text?",
        "draft | place: draft>placed | pay: placed>paid | ship: paid>shipped | complete: shipped>completed | cancel: draft,placed,paid>cancelled",
        "purchase, sales order, purchase order, customer order, web order, bestellung, auftrag, pedido, orden, commande, ordine, bestelling",
    ),
    "OrderLine": (
        "order -> Order; product -> Product; quantity integer 1..100000; unit_price money; discount_percent decimal? 0..100",
        "",
        "order item, order position, line item, bestellposition, auftragsposition, línea de pedido, ligne de commande",
    ),
    "Customer": (
        "full_name string 1..200; email email unique; phone string? 5..32; billing_address text?; marketing_consent boolean =false; preferred_language string? 2..8",
        "",
        "client, buyer, shopper, purchaser, consumer, kunde, kundin, kunden, cliente, clientes, comprador, client, acheteur, cliente, klant",
    ),
    "Product": (
        "sku string 1..64 unique; name string 1..200; description text?; price money; category -> Category?; stock_quantity integer =0 0..; available boolean =true",
        "",
        "article, good, merchandise, produkt, artikel, produkte, producto, artículo, produit, article, prodotto, produto",
    ),
    "Category": (
        "name string 1..120 unique; slug string 1..120 unique; description text?; rank integer =0 0..; visible boolean =true",
        "",
        "product category, kategorie, categoría, catégorie, categoria",
    ),
    "Cart": (
        "customer -> Customer?; session_key string 8..64 unique; item_count integer =0 0..; subtotal money; expires_at datetime?",
        "open | check_out: open>checked_out | abandon: open>abandoned",
        "basket, shopping cart, shopping basket, warenkorb, carrito, panier, carrello",
    ),
    "CartItem": (
        "cart -> Cart; product -> Product; quantity integer =1 1..1000; unit_price money",
        "",
        "basket item",
    ),
    "Invoice": (
        "number string 1..40 unique; customer -> Customer; order -> Order?; total money; tax_amount money; issued_on date?; due_on date; notes text?",
        "draft | issue: draft>issued | settle: issued>paid | write_off: issued>written_off | cancel: draft,issued>cancelled",
        "bill, rechnung, rechnungen, factura, facture, fattura, fatura, factuur",
    ),
    "Payment": (
        "reference_code string 4..64 unique; amount money; method enum(card|bank_transfer|direct_debit|cash|wallet) =card; order -> Order?; invoice -> Invoice?; received_at datetime?; provider_reference string? 1..120",
        "pending | authorise: pending>authorised | capture: authorised>captured | fail: pending,authorised>failed | refund: captured>refunded",
        "zahlung, zahlungen, pago, paiement, pagamento, betaling",
    ),
    "Refund": (
        "payment -> Payment?; order_number string 1..40; amount money; reason enum(defect|late|unwanted|duplicate|goodwill|other) =other; explanation text?; requested_at datetime",
        "requested | approve: requested>approved | reject: requested>rejected | pay_out: approved>paid_out",
        "chargeback, rückerstattung, reembolso, remboursement, rimborso",
    ),
    "ProductReturn": (
        "order -> Order?; reason enum(defect|wrong_item|unwanted|damaged|other) =other; explanation text?; received_on date?; quantity integer =1 1..1000",
        "announced | receive: announced>received | accept_return: received>accepted | refuse: received>refused",
        "return, returns, rma, return shipment, retoure, devolución, retour",
    ),
    "Supplier": (
        "name string 1..200 unique; contact_email email; phone string? 5..32; country_code string 2..2; lead_time_days integer? 0..365; preferred boolean =false",
        "",
        "vendor, manufacturer, producer, lieferant, hersteller, proveedor, fournisseur, fornitore, fornecedor, leverancier",
    ),
    "Warehouse": (
        "code string 1..32 unique; name string 1..200; address text; capacity_units integer? 0..; operating boolean =true",
        "",
        "depot, distribution centre, distribution center, fulfilment centre, lager, almacén, entrepôt, magazzino",
    ),
    "StockItem": (
        "sku string 1..64 unique; warehouse -> Warehouse?; quantity integer =0 0..; reorder_level integer =0 0..; last_counted_on date?",
        "",
        "inventory item, stock, item, stock level, lagerbestand, existencia, stock item, bestand",
    ),
    "Inventory": (
        "sku string 1..64 unique; warehouse -> Warehouse?; on_hand integer =0 0..; reserved_quantity integer =0 0..; reorder_level integer =0 0..; counted_at datetime?",
        "",
        "inventar, inventario, inventaire",
    ),
    "StockMovement": (
        "sku string 1..64; direction enum(inbound|outbound|adjustment|transfer); quantity integer 1..; warehouse -> Warehouse?; reason string? 1..200; moved_at datetime",
        "",
        "movement, stock transaction, inventory movement, lagerbewegung, movimiento, mouvement",
    ),
    "Bin": (
        "code string 1..32 unique; warehouse -> Warehouse?; aisle string 1..16; capacity_units integer? 0..; blocked boolean =false",
        "",
        "storage bin, storage location, lagerplatz",
    ),
    "Voucher": (
        "code string 4..40 unique; amount money; expires_on date; single_use boolean =true; minimum_total money?",
        "active | redeem: active>redeemed | revoke: active>revoked | expire: active>expired",
        "gutschein, vale, bon, buono",
    ),
    "Coupon": (
        "code string 3..40 unique; discount_percent decimal 0..100; valid_from date; valid_until date; usage_limit integer? 1..",
        "active | suspend: active>suspended | resume: suspended>active | expire: active,suspended>expired",
        "discount code, promo code, promotion code, rabattcode, cupón",
    ),
    "GiftCard": (
        "code string 8..40 unique; initial_amount money; balance money; recipient_email email?; expires_on date?",
        "active | block: active>blocked | use_up: active>used_up",
        "geschenkkarte, tarjeta regalo, carte cadeau",
    ),
    "Discount": (
        "name string 1..120; percent decimal 0..100; starts_on date; ends_on date?; combinable boolean =false",
        "",
        "promotion, rabatt, descuento, remise",
    ),
    "Review": (
        "author_name string 1..120; rating integer 1..5; headline string? 1..200; body_text text; product -> Product?; verified_purchase boolean =false",
        "submitted | publish: submitted>published | reject: submitted>rejected",
        "rating, bewertung, rezension, reseña, avis, recensione",
    ),
    "Wishlist": (
        "customer -> Customer!; name string 1..120; shared boolean =false; occasion_on date?; notes text?",
        "",
        "wish list, favourites list, wunschliste, lista de deseos",
    ),
    "WishlistItem": (
        "wishlist -> Wishlist; product -> Product?; quantity integer =1 1..100; priority enum(low|medium|high) =medium; note string? 1..500",
        "",
        "",
    ),
    "Price": (
        "sku string 1..64; amount money; valid_from date; valid_until date?; price_list string =standard 1..60",
        "",
        "preis, precio, prix, prezzo",
    ),
    "Quote": (
        "number string 1..40 unique; customer -> Customer!; total money; valid_until date; notes text?",
        "draft | send_out: draft>sent | accept: sent>accepted | decline: sent>declined | expire: sent>expired",
        "quotation, offer, estimate, angebot, offerte, oferta, presupuesto, devis, preventivo",
    ),
    "Listing": (
        "headline string 1..200; description text; price money; condition enum(brand_new|like_new|used|defective) =used; quantity integer =1 0..; published_at datetime?",
        "draft | publish: draft>published | pause: published>paused | resume: paused>published | close: published,paused>closed",
        "ad, classified, classified ad, anzeige, inserat, anuncio, annonce",
    ),
    "Store": (
        "code string 1..32 unique; name string 1..200; address text; phone string? 5..32; opened_on date?; operating boolean =true",
        "",
        "shop, outlet, filiale, laden, tienda, magasin, negozio, boutique",
    ),
    "Seller": (
        "display_name string 1..200; email email unique; commission_percent decimal =10 0..100; rating decimal? 0..5; joined_on date",
        "pending | approve: pending>active | suspend: active>suspended | reinstate: suspended>active",
        "merchant, verkäufer, vendedor, vendeur",
    ),
    "Merchant": (
        "legal_name string 1..200 unique; contact_email email; country_code string 2..2; category_code string? 4..4; onboarded_on date?",
        "pending | approve: pending>active | suspend: active>suspended | reinstate: suspended>active",
        "händler, comerciante, commerçant",
    ),
    "Lot": (
        "number string 1..40 unique; headline string 1..200; description text?; starting_price money; reserve_price money?; closes_at datetime",
        "draft | open_bidding: draft>open | sell: open>sold | pass_in: open>unsold | withdraw: draft,open>withdrawn",
        "auction lot, posten, lote",
    ),
    "Auction": (
        "headline string 1..200; venue string? 1..200; starts_at datetime; ends_at datetime; buyer_premium_percent decimal =0 0..100",
        "planned | start: planned>running | close: running>closed | cancel: planned>cancelled",
        "auktion, subasta, enchère",
    ),
    "Bid": (
        "lot -> Lot!; bidder -> Bidder!; amount money; placed_at datetime; maximum_amount money?",
        "placed | accept: placed>accepted | outbid: placed>outbid | retract: placed>retracted",
        "gebot, puja, offre",
    ),
    "Bidder": (
        "paddle_number string 1..20 unique; full_name string 1..200; email email unique; spending_limit money?; verified boolean =false",
        "",
        "bieter, postor",
    ),
    "Barcode": (
        "code string 4..64 unique; symbology enum(ean13|ean8|upc|code128|qr) =ean13; sku string? 1..64; printed_at datetime?",
        "",
        "qr code, strichcode",
    ),
    "Brand": (
        "name string 1..120 unique; slug string 1..120 unique; website url?; country_code string? 2..2; active boolean =true",
        "",
        "marke, marca, marque",
    ),
    "SubscriptionPlan": (
        "code string 1..40 unique; name string 1..120; price money; billing_period enum(monthly|quarterly|yearly) =monthly; trial_days integer =0 0..365; active boolean =true",
        "",
        "plan, pricing plan, tarifplan",
    ),
    "Subscription": (
        "customer -> Customer!; plan_code string 1..40; price money; starts_on date; renews_on date?; billing_period enum(monthly|quarterly|yearly) =monthly",
        "trial | activate: trial>active | pause: active>paused | resume: paused>active | cancel: trial,active,paused>cancelled",
        "abo, abonnement, suscripción, abbonamento, assinatura",
    ),
    "ShoppingList": (
        "name string 1..120; needed_by date?; item_count integer =0 0..; shared boolean =false; notes text?",
        "open | finish: open>finished | reopen: finished>open",
        "einkaufsliste, lista de compras",
    ),
}
