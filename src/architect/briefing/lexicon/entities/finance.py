"""Entities of banks, insurers and books of account: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Account": (
        "number string 4..40 unique; holder_name string 1..200; balance money signed =0; category enum(checking|savings|credit|loan|cash) =checking; opened_on date?; bank_name string? 1..200",
        "open | freeze: open>frozen | unfreeze: frozen>open | close: open,frozen>closed",
        "bank account, konto, konten, cuenta, compte, conto, conta, rekening",
    ),
    "Wallet": (
        "code string 4..64 unique; holder_name string 1..200; balance money signed =0; daily_limit money?; verified boolean =false",
        "active | block: active>blocked | unblock: blocked>active | close: active,blocked>closed",
        "purse, geldbörse, billetera, portefeuille",
    ),
    "Transaction": (
        "account -> Account!; reference_code string 4..64 unique; amount money signed; direction enum(debit|credit); merchant string? 1..200; booked_on date; note text?",
        "pending | book: pending>booked | reverse_it: booked>reversed | fail: pending>failed",
        "bank transaction, buchung im konto, transaktion, transacción, movimiento bancario, opération, transazione",
    ),
    "LedgerEntry": (
        "account -> Account?; wallet -> Wallet?; amount money signed; direction enum(debit|credit); occurred_at datetime; reference_code string 1..64; memo string? 1..300",
        "",
        "journal entry, posting, buchungssatz, asiento, écriture comptable, ledger, entry",
    ),
    "Transfer": (
        "reference_code string 4..64 unique; source_account string 4..40; target_account string 4..40; amount money; requested_at datetime; remittance_text string? 1..140",
        "requested | approve: requested>approved | execute: approved>executed | reject: requested>rejected | fail: approved>failed",
        "wire, money transfer, überweisung, transferencia, virement, bonifico",
    ),
    "Budget": (
        "name string 1..120; category string 1..120; limit_amount money; spent_amount money =0; starts_on date; ends_on date",
        "",
        "haushaltsplan, presupuesto anual",
    ),
    "Expense": (
        "category enum(travel|meals|office|software|training|other) =other; amount money; incurred_on date; merchant string 1..200; description text?; receipt_url url?",
        "draft | submit: draft>submitted | approve: submitted>approved | reject: submitted>rejected | reimburse: approved>reimbursed",
        "expense claim, spesen, ausgabe, gasto, dépense, spesa",
    ),
    "Receipt": (
        "number string 1..60; merchant string 1..200; total money; purchased_on date; file_url url?; category string? 1..80",
        "",
        "beleg, quittung, recibo, reçu, ricevuta",
    ),
    "LoanApplication": (
        "applicant -> Applicant?; amount money; term_months integer 1..600; purpose string 1..300; submitted_at datetime?; interest_percent decimal? 0..100",
        "draft | submit: draft>submitted | review_it: submitted>under_review | approve: under_review>approved | reject: under_review>rejected | pay_out: approved>paid_out",
        "credit application, kreditantrag, solicitud de préstamo",
    ),
    "Policy": (
        "number string 1..40 unique; holder_name string 1..200; premium money; insured_sum money?; starts_on date; ends_on date?; product_line string 1..120",
        "quoted | bind: quoted>active | lapse: active>lapsed | cancel: quoted,active>cancelled",
        "insurance policy, police, versicherung, póliza, polizza",
    ),
    "Trade": (
        "reference_code string 4..64 unique; instrument string 1..60; side enum(buy|sell); quantity decimal 0..; unit_price money; traded_at datetime; counterparty string 1..200",
        "captured | confirm: captured>confirmed | settle: confirmed>settled | cancel: captured,confirmed>cancelled",
        "deal ticket, handel, operación",
    ),
    "Portfolio": (
        "name string 1..120; holder_name string 1..200; total_value money =0; risk_level enum(low|medium|high) =medium; opened_on date",
        "",
        "depot, cartera, portafolio",
    ),
    "Asset": (
        "inventory_number string 1..40 unique; name string 1..200; category string 1..80; purchased_on date?; purchase_price money?; storage_place string? 1..200; serial_number string? 1..80",
        "in_stock | hand_out: in_stock>in_use | take_back: in_use>in_stock | repair: in_stock,in_use>in_repair | retire: in_stock,in_use,in_repair>retired",
        "fixed asset, anlage, activo, actif",
    ),
    "Alert": (
        "title string 1..200; severity enum(info|warning|critical) =warning; raised_at datetime; source_name string 1..120; threshold decimal?; details text?",
        "raised | acknowledge: raised>acknowledged | resolve: raised,acknowledged>resolved",
        "alarm, alerts, price alert, alarmierung, alerta, alerte",
    ),
    "CreditCard": (
        "token string 8..128 unique; brand enum(visa|mastercard|amex|other) =other; last_four string 4..4; expires_on date; holder_name string 1..200",
        "active | block: active>blocked | expire: active,blocked>expired",
        "payment card, kreditkarte, tarjeta de crédito, carte bancaire",
    ),
    "ExchangeRate": (
        "base_currency string 3..3; quote_currency string 3..3; rate decimal 0..; valid_on date; source_name string 1..80",
        "",
        "currency rate, wechselkurs, tipo de cambio, taux de change",
    ),
    "Statement": (
        "account -> Account!; number string 1..40; period_start date; period_end date; opening_balance money signed; closing_balance money signed; file_url url?",
        "open | close: open>closed",
        "bank statement, kontoauszug, extracto, relevé",
    ),
    "Donation": (
        "donor -> Donor?; campaign -> Campaign?; amount money; donated_at datetime; recurring boolean =false; dedication string? 1..300",
        "pledged | receive: pledged>received | refund: received>refunded | fail: pledged>failed",
        "gift, contribution, spende, spenden, donación, don",
    ),
    "Applicant": (
        "full_name string 1..200; email email unique; phone string? 5..32; birth_date date?; address text?; annual_income money?",
        "",
        "bewerber, antragsteller, solicitante, demandeur",
    ),
    "Decision": (
        "reference_code string 1..64 unique; application -> Application?; outcome enum(approved|rejected|deferred); decided_at datetime; decided_by string 1..200; reason text",
        "",
        "ruling, entscheidung, decisión, décision",
    ),
    "Fee": (
        "code string 1..40 unique; name string 1..120; amount money; charged_on date; paid_on date?",
        "due | pay: due>paid | waive: due>waived",
        "dues, gebühr, cuota, frais",
    ),
    "TimeEntry": (
        "worker_name string 1..200; worked_on date; hours decimal 0..24; activity string 1..200; billable boolean =true; note text?",
        "draft | submit: draft>submitted | approve: submitted>approved | reject: submitted>rejected",
        "hours, time record, zeiteintrag, registro de horas",
    ),
}
