import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.fields
import terreau.kernel.pure.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=36)),
                ('sequence', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField(default=terreau.kernel.clock.now, verbose_name='quand')),
                ('actor_id', models.UUIDField(null=True, verbose_name='compte')),
                ('action', models.CharField(max_length=60, verbose_name='action')),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('record_id', models.UUIDField(null=True)),
                ('key', models.CharField(blank=True, max_length=100)),
                ('changes', models.JSONField(default=dict, verbose_name='changements')),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'record_id'], name='kernel_audit_of')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'sequence'), name='kernel_audit_sequence')],
            },
        ),
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('taken_for', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('title', models.CharField(max_length=300, verbose_name='titre')),
                ('short_title', models.CharField(blank=True, max_length=80, verbose_name='titre court')),
                ('subtitle', models.CharField(blank=True, max_length=300, verbose_name='sous-titre')),
                ('authors', models.JSONField(blank=True, default=list, verbose_name='auteurs')),
                ('year', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='année')),
                ('year_earliest', models.DateField(editable=False, null=True)),
                ('year_latest', models.DateField(editable=False, null=True)),
                ('year_note', models.TextField(blank=True, verbose_name='note sur la date')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='éditeur')),
                ('collection', models.CharField(blank=True, max_length=200, verbose_name='collection')),
                ('printer', models.CharField(blank=True, max_length=200, verbose_name='imprimeur')),
                ('print_run', models.PositiveIntegerField(blank=True, null=True, verbose_name='tirage')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='adresse')),
                ('genre', models.CharField(choices=[('livret', 'livret'), ('lettre', "lettre d'information"), ('portrait', 'portrait'), ('supplement', 'supplément'), ('livre', 'livre'), ('chapitre', 'chapitre'), ('cours', 'cours'), ('rapport', 'rapport'), ('kit', 'kit'), ('carnet', 'carnet'), ('programme', 'programme'), ('statistique', 'statistique'), ('site', 'site'), ('article', 'article'), ('compte_rendu', 'compte rendu'), ('deliberation', 'délibération'), ('entretien', 'entretien'), ('donnees', 'jeu de données'), ('autre', 'autre')], max_length=20, verbose_name='genre')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='fichier')),
                ('method', models.TextField(blank=True, verbose_name='méthode')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('part_of', models.CharField(blank=True, max_length=300, verbose_name='dans')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='kernel_source_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('kind', models.CharField(max_length=30)),
                ('record_id', models.UUIDField()),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='champ')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='kernel.source')),
                ('locator', models.CharField(blank=True, max_length=60, verbose_name='page')),
                ('value', models.TextField(blank=True, verbose_name='valeur énoncée')),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(fields=['kind', 'record_id'], name='kernel_citation_of')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('subject', models.CharField(max_length=300, verbose_name='sujet')),
                ('sort', models.CharField(choices=[('chiffre', 'chiffre'), ('date', 'date'), ('chronologie', 'chronologie'), ('attribution', 'attribution'), ('nom', 'nom'), ('personne', 'personne'), ('vocabulaire', 'vocabulaire'), ('recit', 'récit'), ('perimetre', 'périmètre'), ('coquille', 'coquille'), ('mise_en_page', 'mise en page')], max_length=20, verbose_name='type')),
                ('severity', models.CharField(choices=[('forte', 'forte : change une réponse'), ('moyenne', 'moyenne : demande une précision'), ('faible', 'faible : graphie')], max_length=10, verbose_name='gravité')),
                ('origin', models.CharField(choices=[('interne', 'la source se contredit'), ('externe', 'la source heurte une connaissance extérieure'), ('numerisation', 'peut venir de la numérisation')], max_length=15, verbose_name='origine')),
                ('reading', models.TextField(blank=True, help_text='Interprétation, jamais substituée aux énoncés.', verbose_name='lecture proposée')),
                ('state', models.CharField(choices=[('ouverte', 'ouverte'), ('demandee', 'question posée'), ('resolue', 'résolue')], default='ouverte', max_length=10, verbose_name='état')),
            ],
            options={
                'verbose_name': 'contradiction',
                'verbose_name_plural': 'contradictions',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='kernel_dispute_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('kind', models.CharField(max_length=30)),
                ('record_id', models.UUIDField()),
                ('key', models.CharField(max_length=100)),
                ('title', models.CharField(max_length=400)),
                ('subtitle', models.CharField(blank=True, max_length=400)),
                ('url', models.CharField(blank=True, max_length=400)),
                ('names', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('weight', models.PositiveSmallIntegerField(default=5)),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['territory', 'kind', 'key'], name='kernel_entry_key')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'record_id'), name='kernel_one_entry')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('kind', models.CharField(max_length=30)),
                ('record_id', models.UUIDField()),
                ('what', models.CharField(max_length=50)),
                ('when', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60)),
                ('when_earliest', models.DateField(editable=False, null=True)),
                ('when_latest', models.DateField(editable=False, null=True)),
                ('title', models.CharField(max_length=400)),
                ('detail', models.TextField(blank=True)),
                ('url', models.CharField(blank=True, max_length=400)),
                ('scale', models.CharField(blank=True, max_length=30)),
                ('lane', models.CharField(blank=True, max_length=30)),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10)),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['territory', 'when_earliest', 'when_latest'], name='kernel_fact_when'), models.Index(fields=['kind', 'record_id'], name='kernel_fact_of')],
            },
        ),
        migrations.CreateModel(
            name='FactActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actors', to='kernel.fact')),
                ('kind', models.CharField(max_length=30)),
                ('record_id', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(fields=['kind', 'record_id'], name='kernel_fact_actor')],
            },
        ),
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('subject', models.CharField(max_length=300, verbose_name='sujet')),
                ('ask', models.CharField(blank=True, max_length=300, verbose_name='à demander à')),
                ('state', models.CharField(choices=[('ouverte', 'ouverte'), ('demandee', 'question posée'), ('resolue', 'résolue')], default='ouverte', max_length=10, verbose_name='état')),
                ('answer', models.TextField(blank=True, verbose_name='réponse')),
            ],
            options={
                'verbose_name': 'lacune',
                'verbose_name_plural': 'lacunes',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='kernel_gap_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('from_kind', models.CharField(max_length=30)),
                ('from_id', models.UUIDField()),
                ('role', models.CharField(max_length=30)),
                ('to_kind', models.CharField(max_length=30)),
                ('to_id', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(fields=['to_kind', 'to_id', 'role'], name='kernel_link_to')],
                'constraints': [models.UniqueConstraint(fields=('from_kind', 'from_id', 'role', 'to_kind', 'to_id'), name='kernel_one_link')],
            },
        ),
        migrations.CreateModel(
            name='SourcePage',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='kernel.source')),
                ('page', models.CharField(max_length=40, verbose_name='page')),
                ('lines', models.CharField(max_length=40, verbose_name='lignes du fichier')),
                ('certainty', models.CharField(choices=[('imprimee', 'imprimée'), ('sommaire', 'lue au sommaire'), ('deduite', 'déduite')], max_length=12, verbose_name='certitude')),
                ('content', models.CharField(blank=True, max_length=300, verbose_name='contenu')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('source', 'page'), name='kernel_one_row_per_page')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='kernel.dispute')),
                ('text', models.TextField(verbose_name='énoncé')),
                ('value', models.CharField(blank=True, max_length=300, verbose_name='valeur énoncée')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.source')),
                ('locator', models.CharField(blank=True, max_length=60, verbose_name='page')),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
    ]
