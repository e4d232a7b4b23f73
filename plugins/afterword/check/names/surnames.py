"""Ordinary words that are frequent surnames, and what tells a company or product of two words from a person: `Mark Baker`, `Hope Ledgers`."""

from __future__ import annotations

from afterword.check.language.words import word_set
from afterword.check.names.lexicon import is_ordinary

_SURNAMES = word_set("""berry birch booth branch bray burrows chamberlain cherry cummings davenport gamble garrison gentry grimes gross hays hess ho hogan huff johns khan lam lees
    lynch mays morales pace petty roman shah sims storey villa arias arroyo berg abbott archer armstrong ash bailey bain baird baker ball banks barber barker barlow barnes barr barron barrow bass bates baxter beach beam bean beard
    beck bell bender best bird bishop black blackburn blackman blackwell blackwood bland bliss bloom blue boggs bolton bond boone boss bourne bowen
    bower bowers bowles bowling bowman boyd bradley brand brewer bridge bridges bright britton brook brooks brown bruce bryant buck buckner bull
    bullock bunker burger burke burns burr bush bushman butcher butler cable cage cain cannon carpenter carr cart carter carver case cash castle
    chambers chance chandler chapman chase chew church churchill clapp clark clay clement cliff clifford clinton close coates cobb coffey coffin coker
    cole coleman collier collins combs cook cooke cooper cope cork corner cotton couch cowan coward cox crabtree craft crane crawford crisp cross
    crouch crow crowe cruise cruz currier curry curtis cutler dale dalton dance daniels darling david davis dawn day deal dean dell dial dickens dix
    dodge doe dolan dove dow downs doyle drake draper driver drummer duck duff duke duncan dyer eagle earl early east edge elder elliott ellis english
    falconer farmer farr farrier faulkner fear fellows ferry field fields finch fish fisher fitch fitz flagg flanders fletcher flint flood flower
    flowers foot ford foreman forester forrest foster fountain fowler fox frank franklin freed freeman french friend frost fry fuller gage gale garden
    gardener gardner garland garner gates gay gibbons gibson gill glass glover gold golden good goodman goodwin gore graham grant graves gray green
    greene greenwood grey griffin grove groves guest gunn gunner hack hacker hackett haines hale hall ham hammer hammond hancock hand hands hardy
    harper harris hart harvey hatch hatcher hatfield hawk hawkins hay hayes haywood hazel head heard hearn heart heath hedges held helm henry herd
    herring hewitt hicks high hill hills hilt hobbs hogg holder holland hollis holly holman holmes holt homer hood hook hooker hooper hope hopper horn
    horne house howard howe hoyle hull hunt hunter hurd hurst hyde ivory jack jacks jackson james jay jewel jewell jordan joy joyce judge justice kay
    keen keeper kemp kettle key keys kidd king kirk kitchen kite knight knock knott knowles koch lamb lancaster land lane lark law lawless lawman laws
    lawson leach leaf lee leech legg lemon lemons leonard levy light lilly lily lincoln lind little lock locke locker lodge long looney lord love
    loveless lovell low lowe lucas luck lull lyon lyons mace mack madden magee maker mann manning march mark marks marl marlow marsh marshal marshall
    martin mash mason masters may mayer mayo mead meadows meeker mercer merchant merrill merry metzger miles mill miller mills miner minor mitchell
    monday monk moody moon mooney moor moore more morgan morrow moss mott mount mountain mower mullen mullins mundy murdock murphy murray nail nash
    neal neat neville new newman newton nicholas nickel nickels nicks nights noble nock nolan noon norman north nurse nutter nye oak oakes oakley odom
    oliver orchard organ osborn otter outlaw owens pack page paine painter palm palmer paris park parker parks parry parson parsons part patch patrick
    paul payne peace peach peacock peak peake peck peel pence penny pepper perkins perry person peters pickens picket pickett pierce pike pitt pitts
    place plant player plum plumber plummer poe pole pollard pond pool poole pope porter post potter pound powder powell power powers pratt prescott
    presley press price priest prince prior proctor provost pryor pugh purple quick quill raines rains raleigh ramsey rand randall rash raven ray read
    reader reading reason record reed reeve reeves reid reynolds rhodes rice rich richards riddle rider riding riggs riley ring ritter river rivera
    rivers roach roads robbins roberts robin robins rock rogers rome roof rook rooks root rose ross roundtree rowan rowe royal rush russell rust rye
    sadler sage sales salmon salt sanders sands savage sawyer saxon sayer scholar scott seal seals seaman sears self sellers sergeant sessions sexton
    shade shank sharp sharpe shaver shaw sheets shell shelley shepherd sheppard sheriff shields shine shipman shore short silver silverman simmons
    simon simons simpson singer singleton skinner slater slaughter sloan small smart smith smithers snider snow snyder somers sommer south spangler
    spark sparks sparrow spear spears speed spence spencer spicer spooner spring springer springs spurs squire squires stack staff stafford stamp
    stamper stamps stanley star stark starling starr steel steele steer stein stem stern stevens steward stewart stiles still stock stocker stocks
    stokes stone stoner storm story stout stover stowe strange street strickland stringer strong stubbs sturgeon sullivan summer summers sumner swain
    swan swann sweet swift sword sykes tailor talbot tanner tate taylor teal teller temple tennant terrell terry thatcher thistle thorn thorne
    thornton thorpe thrash thrasher tiller tinker todd toll tomlin toole townsend trainer trapper travis treadwell tree trip trotter trout trow truman
    trusty tubbs tuck tucker turk turner turpin twist tyler tyson underhill underwood usher valentine van vance vaughan vaughn vine vines wade wagner
    wagoner waite wakefield walden wales walker wall wallace waller walls walsh walton ward warden ware warner warren washer washington waterman
    waters watkins watson watt watts way weaver webb weeks weir welch wells welsh wench west westbrook wharton wheat wheatley wheeler whistler
    whitaker white whitehead whiteman whitman wild wilde wilder wilkins will williams willis willow wills wilson winchester wind winder wing winkler
    winner winslow winston winter winters wise witt wolf wolfe wood woodard woodman woodruff woods woodson woodward woody woolf work workman worth
    wren wright wyman yard yarn yates york young younger""")
_PLACES = word_set("""plaza harbor harbour square market mall gallery arena garage depot port bay valley island islands campus station terminal yard warehouse studio vault bridge tower
    ledger torrent cloud stream exchange wallet clinic academy theatre theater cinema hotel bakery pharmacy""")


def is_surname(word: str) -> bool:
    """Tell whether a folded ordinary word is a frequent surname, or made as those of trades are."""
    return word in _SURNAMES or (len(word) > 5 and word.endswith("man"))


def names_no_one(word: str) -> bool:
    """Tell whether a folded word is an ordinary one that is hardly anybody's surname: blocks, plaza, torrent."""
    return not is_surname(word) and (word in _PLACES or is_ordinary(word))


def names_place_or_many(word: str) -> bool:
    """Tell whether an ordinary word is a plural, or a place or an institution, that a person's verb does not make a surname."""
    return word in _PLACES or (word.endswith("s") and not word.endswith("ss") and is_ordinary(word[:-1]))
