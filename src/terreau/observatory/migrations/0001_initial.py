import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.fields
import terreau.kernel.pure.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('label', models.CharField(max_length=300, verbose_name='libellé')),
                ('area', models.CharField(max_length=200, verbose_name='territoire mesuré')),
                ('measured_on', terreau.kernel.fields.EdtfField(blank=True, default=None, max_length=60, verbose_name='date')),
                ('measured_on_earliest', models.DateField(editable=False, null=True)),
                ('measured_on_latest', models.DateField(editable=False, null=True)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name='valeur')),
                ('value_min', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name='valeur la plus basse')),
                ('value_max', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name='valeur la plus haute')),
                ('unit', models.CharField(max_length=60, verbose_name='unité')),
                ('is_approximate', models.BooleanField(default=False, verbose_name='approximative')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='kernel.source', verbose_name='source')),
                ('locator', models.CharField(blank=True, max_length=60, verbose_name='page')),
                ('certainty', models.CharField(choices=[('etablie', 'établie'), ('deduite', 'déduite'), ('percue', 'perçue')], default='etablie', max_length=10, verbose_name='certitude de la source')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'chiffre',
                'verbose_name_plural': 'chiffres',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='observatory_figure_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.'), models.CheckConstraint(condition=models.Q(models.Q(('label', ''), _negated=True), models.Q(('area', ''), _negated=True), models.Q(('unit', ''), _negated=True)), name='observatory_figure_travels_whole', violation_error_message='Un chiffre ne va pas sans son libellé, son territoire et son unité.'), models.CheckConstraint(condition=models.Q(('value', None), models.Q(('value_max', None), ('value_min', None)), _connector='OR'), name='observatory_figure_value_or_range', violation_error_message='Un chiffre est une valeur ou une fourchette, pas les deux.'), models.CheckConstraint(condition=models.Q(('value_min', None), ('value_max', None), ('value_min__lte', models.F('value_max')), _connector='OR'), name='observatory_figure_range_order', violation_error_message='La fourchette va de la plus basse valeur à la plus haute.')],
            },
        ),
        migrations.CreateModel(
            name='PortraitItem',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portrait_items', to='observatory.figure', verbose_name='chiffre')),
                ('repeated_value', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name='valeur répétée')),
                ('repeated_unit', models.CharField(blank=True, max_length=60, verbose_name='unité répétée')),
            ],
            options={
                'verbose_name': 'chiffre du portrait',
                'verbose_name_plural': 'chiffres du portrait',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='observatory_portraititem_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
        migrations.CreateModel(
            name='UnquantifiedClaim',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory', verbose_name='territoire')),
                ('key', models.SlugField(max_length=100, verbose_name='identifiant')),
                ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='rang dans le dossier')),
                ('visibility', models.CharField(choices=[('publique', 'publique'), ('membres', 'réservée aux membres'), ('equipe', "réservée à l'équipe d'animation"), ('privee', 'privée')], default='publique', max_length=10, verbose_name='visibilité')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('summary', models.TextField(verbose_name='résumé')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unquantified_claims', to='kernel.source', verbose_name='source')),
                ('locator', models.CharField(blank=True, max_length=60, verbose_name='page')),
            ],
            options={
                'verbose_name': 'affirmation sans chiffre',
                'verbose_name_plural': 'affirmations sans chiffre',
                'constraints': [models.UniqueConstraint(fields=('territory', 'key'), name='observatory_unquantifiedclaim_key', violation_error_message='Cet identifiant est déjà pris dans ce territoire.')],
            },
        ),
    ]
