"""Frequent words by which languages of one script are told apart: function words, few of them shared."""

from __future__ import annotations

_LATIN = {
    "en": "the of and to in is that for it was with as on be at by this have from or an are not but has were "
    "which will had they been their its would more who said also than after about into there when over "
    "between other during",
    "fr": "le la les de des du et en un une que qui dans pour est par sur au aux avec ce il elle pas plus ne se "
    "son sa ses cette sont ont été être leur mais ou où nous vous comme deux après selon entre aussi ces "
    "d l qu n s c",
    "es": "el la los las de del y en un una que por con para es se su al lo como más pero sus le ya este esta "
    "fue son ha sobre entre también hasta desde según años cuando muy sin donde ser dos tras está han "
    "había",
    "pt": "o a os as de do da dos das e em um uma que por com para é se no na nos nas ao à às mais mas como foi "
    "são não seu sua pelo pela sobre entre também até já anos quando muito sem ser dois após está tem ou "
    "segundo",
    "it": "il lo la i gli le di del della dei delle e in un una che per con è si al alla nel nella più ma come "
    "sono non suo sua dal dalla tra anche fino anni quando molto senza essere due dopo ha o secondo "
    "questo",
    "de": "der die das und in zu den von mit ist für auf dem ein eine im nicht des sich auch als es an werden "
    "aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur "
    "oder aber vor zur bis mehr",
    "nl": "de het een van en in is dat op te voor met zijn die niet aan er om ook als bij door naar uit over "
    "maar wordt tot ze heeft hij werd nog kan meer dan deze of worden na onder jaar volgens",
    "id": "yang dan di untuk dengan dari pada ini itu dalam akan tidak oleh juga telah sebagai ke adalah atau "
    "bisa karena ada lebih kata tersebut saat hingga para bahwa kepada dapat sudah menjadi tahun "
    "mengatakan antara",
    "ms": "yang dan di untuk dengan daripada pada ini itu dalam akan tidak oleh juga telah sebagai ke adalah "
    "atau boleh kerana ada lebih kata tersebut ketika hingga para bahawa kepada dapat sudah menjadi tahun "
    "beliau antara",
    "sw": "na ya wa kwa ni katika la za hii kuwa huo hiyo yake kutoka wake pia alisema hilo baada ambao zaidi "
    "cha vya ili kama hivyo hata huku bila kila nchi watu mwaka serikali",
    "tr": "ve bir bu da de için ile olarak olan daha çok gibi en kadar sonra ise ancak göre veya var ne o değil "
    "her olduğu tarafından yeni iki arasında üzerinde",
    "vi": "và của là có trong được cho các với không một những này đã để người từ khi về theo đến tại cũng như "
    "trên nhiều năm ra sẽ ông bị còn hay nước",
    "pl": "i w na z do się nie że to jest o jak za po od przez dla oraz który które są ale był tym ma przy "
    "także jego roku ich może będzie już między",
    "ro": "și de în la cu pe a din pentru care nu o că un este mai sunt au fost prin ca sau dar după fi între "
    "această către său ani unei ale",
    "hu": "a az és hogy nem egy is van meg ez volt már csak mint de el ki még be szerint ha vagy lesz után több által",
    "cs": "a v na se je že s z do o to za by pro ale jako jsou podle který které po nebo také byl být už při roce až",
    "sr": "i u je na da se za od su sa o koji koja kao bi iz ne to će nije ali biti do po kako što više godine između",
    "sq": "e të në dhe një me për që nga është i së më do si ka këtë ndërsa kanë sipas u por nuk",
    "az": "və bir bu üçün ilə də da olan olaraq edir edib daha sonra isə görə tərəfindən ki həm çox",
    "uz": "va bilan uchun bu bir ham dan ning ga o'z bo'yicha bo'lgan kerak lekin yil",
    "so": "iyo oo ka ku ee in la waa uu ayaa waxaa si soo u isaga dalka kale",
    "tl": "ang ng sa mga na at ay para ito kung hindi nila siya may isang din ni si kay",
    "ha": "da na a ya ta ce shi su wannan don kuma cikin za mai daga sun ba an",
    "sv": "och i att en det som på är av för med den till inte har de ett om han men var från vid så kan ska efter",
    "da": "og i at en det som på er af for med den til ikke har de et om han men var fra ved så kan skal efter",
    "fi": "ja on ei se että oli hän mutta myös kun ovat joka sen kuin tai mukaan ole vuoden jälkeen",
}
_CYRILLIC = {
    "ru": "и в не на с что по к из за для это как от о он его но также до же или были был бы при после года "
    "году который которые так со об их между более",
    "uk": "і в не на з що та у до за для це як від про він його але також або був була були при після року який "
    "які так зі їх між більше й",
    "bg": "и в на да се за от с не че е по са като до което които той му но също или беше при след година между "
    "повече ще",
    "sr": "и у је на да се за од су са о који која као би из не то ће није али бити до по како што више године између",
    "mk": "и во на да се за од со не дека е по како до што кои тој но исто или беше при година меѓу повеќе ќе",
    "be": "і ў не на з што па да за для гэта як ад пра ён яго але таксама або быў пры пасля года які якія так іх паміж",
    "kk": "және мен бұл үшін деп бір бойынша туралы еді де да ол осы болып болған жылы қазақстан",
    "ky": "жана менен бул үчүн деп бир боюнча тууралуу да ал ушул болуп болгон жылы кыргызстан",
    "mn": "нь болон энэ байна гэж юм байгаа улсын ба бол хийх оны тус дэх",
    "tg": "ва дар аз ба ки бо ин барои аст буд шуд низ ҳам он бояд тоҷикистон",
}
_ARABIC = {
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه ما لا كما بعد بين كان قال أو ذلك قد خلال وقال وفي حيث كل لم "
    "أي هو هي",
    "fa": "و در به از که این را با است برای آن یک خود تا بر های می کرد شد ها نیز اما هم بود کند شده",
    "ur": "کے کی میں کا ہے اور سے کو نے پر کہ یہ اس ہیں بھی تھا گیا کر نہیں جو ایک لیے تک",
    "ps": "د په او چې کې له ته يې دي دا سره هم کړی شوی وو نه",
}
STOP_WORDS = {
    script: {language: frozenset(words.split()) for language, words in table.items()}
    for script, table in (("latin", _LATIN), ("cyrillic", _CYRILLIC), ("arabic", _ARABIC))
}
