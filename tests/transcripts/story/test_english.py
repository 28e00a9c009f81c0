# ruff: noqa: RUF001 - other alphabets are what is tested
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import within
from vivavoce.transcripts.story.english import FEWEST_WORDS, looks_english

SAID = {
    "English": """
        In my last role I was the only data engineer on a team of nine people.
        um so basically we had this uh this really slow query and nobody knew why it was slow
        I asked each of the nurses what they would change and wrote everything down.
        yeah i mean i think the hardest part was telling my manager that we would miss the date
        The customer was furious, so I called her the same evening and listened for an hour.
        we cut the error rate by half and it stayed there for the rest of the year
        My part was the scheduler; Priya did the parser, and Tom looked after the tests.
        What I learned is that you should write down a decision before anybody can forget it.
        honestly i would do it differently today because i did not talk to the users early enough
        Two of us disagreed about the design, and I proposed that we try both for a week.
        And then, you know, the server just, um, it just stopped, like, at three in the morning.
        He said no at first, but after he saw the numbers he changed his mind.
    """,
    "terse technical English": """
        Migrated Postgres cluster, cut p99 latency forty percent, zero downtime, three weeks.
        kubernetes cluster autoscaling broke so rolled back helm chart and pinned node images
        Profiled hot path, replaced JSON parsing with protobuf, doubled throughput, shipped behind flag.
        Built retry queue using Redis streams, idempotent consumers, dead letter handling, alerting.
        Root cause: stale DNS cache. Fix: lower TTL, restart resolver, add synthetic probe.
        Gradient boosting baseline, then transformer embeddings, offline AUC improved four points.
        Owned on-call rotation, wrote runbooks, automated failover, reduced pages sixty percent.
        Refactored monolith into services, introduced contract tests, halved deployment time.
        Added index on user id, vacuum nightly, query time dropped from seconds to milliseconds.
        CUDA kernel fusion, mixed precision training, batch size doubled, cost down thirty percent.
        Terraform modules per environment, remote state locking, policy checks during pull requests.
        Designed schema, backfilled two billion rows, verified checksums, switched reads, dropped old table.
    """,
    "German": """
        In meiner letzten Stelle war ich für die Datenbank und das Team verantwortlich.
        also wir hatten damals ein großes problem mit der performance und keiner wusste warum
        Ich habe zuerst mit dem Kunden gesprochen und danach einen Plan geschrieben.
        Am Ende haben wir die Ausfälle um vierzig Prozent gesenkt.
        ähm ja das deployment in kubernetes war immer sehr langsam und hat oft nicht funktioniert
        Mein Chef wollte das Projekt beenden, aber ich war anderer Meinung.
        Danach habe ich das Backend in Python neu geschrieben und die Tests automatisiert.
        Wir waren nur zu dritt und mussten in zwei Wochen fertig werden.
        Das Wichtigste war, dass alle im Team offen miteinander reden konnten.
        ich würde es heute anders machen weil wir zu spät mit den nutzern geredet haben
        Was ich daraus gelernt habe, ist einfach: man muss früher um Hilfe bitten.
        Der Server ist um drei Uhr nachts abgestürzt und ich hatte Bereitschaft.
    """,
    "French": """
        Dans mon dernier poste, j'étais responsable de la base de données.
        alors en fait on avait un gros problème de performance et personne ne savait pourquoi
        J'ai d'abord parlé avec le client, puis j'ai écrit un plan.
        À la fin, nous avons réduit les pannes de quarante pour cent.
        euh oui le déploiement sur kubernetes était très lent et ça ne marchait pas souvent
        Mon chef voulait arrêter le projet, mais je n'étais pas d'accord.
        Ensuite j'ai réécrit le backend en Python et automatisé les tests.
        Nous étions seulement trois et il fallait finir en deux semaines.
        Le plus important était que tout le monde puisse parler librement.
        je ferais autrement aujourd'hui parce que on a parlé trop tard avec les utilisateurs
        Ce que j'ai appris est simple : il faut demander de l'aide plus tôt.
        Le serveur est tombé à trois heures du matin et j'étais d'astreinte.
    """,
    "Spanish": """
        En mi último puesto yo era responsable de la base de datos.
        bueno teníamos un problema muy grande de rendimiento y nadie sabía por qué
        Primero hablé con el cliente y después escribí un plan para el equipo.
        Al final redujimos los fallos en un cuarenta por ciento.
        eh sí el despliegue en kubernetes era muy lento y muchas veces no funcionaba
        Mi jefe quería cancelar el proyecto, pero yo no estaba de acuerdo.
        Luego reescribí el backend en Python y automaticé las pruebas.
        Éramos solo tres personas y había que terminar en dos semanas.
        Lo más importante era que todos pudieran hablar con libertad.
        hoy lo haría de otra manera porque hablamos demasiado tarde con los usuarios
        Lo que aprendí es sencillo: hay que pedir ayuda antes.
        El servidor se cayó a las tres de la mañana y yo estaba de guardia.
    """,
    "Portuguese": """
        No meu último emprego eu era responsável pelo banco de dados.
        bom a gente tinha um problema muito grande de desempenho e ninguém sabia por quê
        Primeiro falei com o cliente e depois escrevi um plano para a equipe.
        No final reduzimos as falhas em quarenta por cento.
        é o deploy no kubernetes era muito lento e muitas vezes não funcionava
        Meu chefe queria cancelar o projeto, mas eu não concordei com isso.
        Depois reescrevi o backend em Python e automatizei os testes.
        Éramos só três pessoas e tínhamos que terminar em duas semanas.
        O mais importante era que todos pudessem falar com liberdade.
        hoje eu faria de outro jeito porque falamos tarde demais com os usuários
        O que eu aprendi é simples: é preciso pedir ajuda mais cedo.
        O servidor caiu às três da manhã e eu estava de plantão.
    """,
    "Hindi in Latin letters": """
        meri pichli naukri mein main database team ka akela engineer tha
        humare paas ek bahut bada problem tha aur kisi ko pata nahi tha kyun
        pehle maine client se baat ki aur phir ek plan likha
        aakhir mein humne failures ko chalis percent kam kar diya
        kubernetes ka deployment bahut slow tha aur aksar kaam nahi karta tha
        mere boss project band karna chahte the lekin main sehmat nahi tha
        uske baad maine backend ko Python mein dobara likha aur tests automate kiye
        hum sirf teen log the aur do hafte mein khatam karna tha
        sabse zaroori baat yeh thi ki sab log khul ke baat kar sake
        aaj main alag tarike se karta kyunki humne users se bahut der se baat ki
        maine yeh seekha ki madad pehle maangni chahiye aur sharmana nahi chahiye
        server raat ko teen baje band ho gaya aur us din meri duty thi
    """,
    "Chinese": """
        在上一份工作中，我负责整个团队的数据库。
        我们当时遇到了一个很大的性能问题，没有人知道原因。
        我先和客户谈了谈，然后写了一个计划。
        最后我们把故障减少了百分之四十。
        我们用 Kubernetes 部署服务，但是 deployment 很慢，而且经常失败。
        我的经理想取消这个项目，可是我不同意。
        后来我用 Python 重写了后端，并且把测试自动化了。
        我们只有三个人，必须在两个星期内完成。
        最重要的是每个人都可以自由地说话。
        如果今天再做一次，我会早一点和用户沟通。
        我学到的很简单：应该早一点请别人帮忙。
        服务器在凌晨三点崩溃了，那天正好是我值班。
    """,
    "Russian": """
        На прошлой работе я отвечал за базу данных и за всю команду.
        ну у нас была большая проблема с производительностью и никто не знал почему
        Сначала я поговорил с клиентом, а потом написал план для команды.
        В конце концов мы сократили количество сбоев на сорок процентов.
        деплой в kubernetes был очень медленный и часто вообще не работал
        Мой начальник хотел закрыть проект, но я был не согласен с ним.
        Потом я переписал backend на Python и автоматизировал все тесты.
        Нас было только трое, и надо было закончить за две недели.
        Самое важное было то, что все могли говорить свободно.
        сегодня я бы сделал иначе потому что мы слишком поздно поговорили с пользователями
        Чему я научился, очень просто: надо раньше просить о помощи.
        Сервер упал в три часа ночи, и в тот день дежурил я.
    """,
}

SENTENCES = [
    pytest.param(language, line.strip(), id=f"{language}-{number}")
    for language, block in SAID.items()
    for number, line in enumerate(block.strip().splitlines(), start=1)
]


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_one_sentence_tells(language: str, sentence: str) -> None:
    assert looks_english(sentence) is ("English" in language)


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_capitals_and_full_stops_do_not_matter(language: str, sentence: str) -> None:
    bare = "".join(letter for letter in sentence.lower() if letter.isalnum() or letter in " '-")

    assert looks_english(bare) is ("English" in language)


@pytest.mark.parametrize("language", SAID)
def test_a_whole_answer_tells(language: str) -> None:
    assert looks_english(SAID[language]) is ("English" in language)


@pytest.mark.parametrize("text", ["", "Ja.", "nein das weiß ich nicht", "我们", "1 2 3 4 5 6 7 8 9 10 11 12"])
def test_what_is_too_short_to_tell_passes(text: str) -> None:
    assert len(text.split()) < FEWEST_WORDS or not any(letter.isalpha() for letter in text)
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "I worked with José and François on the São Paulo launch, and it was a success.",
        "The café in München was the first of twelve that we opened in a year.",
        "She told me 'c'est la vie' and I said we would try it again in the spring.",
        "The variance is σ² and the mean is μ, so we used α of 0.05 in each of the tests.",
        "it\u2019s the kind of thing that you don\u2019t notice until it\u2019s too late",
    ],
)
def test_foreign_names_in_english_are_english(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nel mio ultimo lavoro ero responsabile della banca dati e di tutta la squadra.",
        "In mijn laatste baan was ik verantwoordelijk voor de database en het team.",
        "W mojej ostatniej pracy byłem odpowiedzialny za bazę danych i cały zespół.",
        "Son işimde veritabanından ve bütün ekipten ben sorumluydum, çok şey öğrendim.",
        "Edellisessä työssäni vastasin tietokannasta ja koko tiimin aikataulusta kolme vuotta.",
        "मेरी पिछली नौकरी में मैं डेटाबेस टीम का अकेला इंजीनियर था",
        "前の仕事ではデータベースを担当していました。",
        "지난 직장에서 저는 데이터베이스를 담당했습니다",
        "في وظيفتي السابقة كنت مسؤولا عن قاعدة البيانات وعن الفريق كله",
    ],
)
def test_other_languages_are_not_english_either(text: str) -> None:
    assert not looks_english(text)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert looks_english(text) in (True, False)


@pytest.mark.parametrize("piece", ["a", "a'", "the ", "'", "中", "\u0301", "ing"])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert within(0.2, lambda: looks_english(piece * (100_000 // len(piece))))


def test_every_labelled_answer_of_ours_is_english() -> None:
    stories = Path(__file__).resolve().parents[3] / "benchmarks" / "stories"

    for file in stories.glob("*.jsonl"):
        assert looks_english(file.read_text("utf-8"))
